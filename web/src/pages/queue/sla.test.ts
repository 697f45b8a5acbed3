import { expect, test } from 'vitest'
import { levelOf, remaining, roughly, span } from './sla'

const NOON = Date.parse('2026-03-16T12:00:00.000Z')
const sla = (parts: object) => ({
  hours: 24,
  due_at: '2026-03-16T15:00:00.000Z',
  state: 'running' as const,
  remaining_seconds: 10_800,
  is_breached: false,
  ...parts,
})

test('a running clock counts down to its due time', () => {
  expect(remaining(sla({}), NOON)).toBe(10_800)
  expect(remaining(sla({}), NOON + 60_000)).toBe(10_740)
})

test('a paused clock stands', () => {
  expect(remaining(sla({ state: 'paused', remaining_seconds: 60 }), NOON + 3_600_000)).toBe(60)
})

test.each([
  [{}, 0, 'calm'],
  [{}, 7_200_000, 'soon'],
  [{}, 10_801_000, 'late'],
  [{ state: 'paused' }, 0, 'still'],
  [{ state: 'paused', remaining_seconds: -1 }, 0, 'late'],
  [{ state: 'stopped' }, 0, 'still'],
  [{ state: 'stopped', is_breached: true }, 0, 'late'],
])('%o after %i ms is %s', (parts, later, level) => {
  expect(levelOf(sla(parts), NOON + later)).toBe(level)
})

test.each([
  [59, '0 min'],
  [3_600, '1 h'],
  [-7_500, '2 h 5 min'],
  [97_200, '1 d 3 h'],
  [172_800, '2 d'],
])('%i seconds are %s', (seconds, text) => {
  expect(span(seconds)).toBe(text)
})

test.each([
  [-7_500, '2 h'],
  [-300, '5 min'],
])('%i seconds are roughly %s', (seconds, text) => {
  expect(roughly(seconds)).toBe(text)
})
