import { expect, test } from 'vitest'
import { localTime, snoozedUntil, wakingTime } from './snooze'

const on = (day: number): Date => new Date(2026, 10, day, 15, 30)

test.each([
  ['hour', on(25), new Date(2026, 10, 25, 16, 30)],
  ['tomorrow', on(30), new Date(2026, 11, 1, 9)],
  ['monday', on(25), new Date(2026, 10, 30, 9)],
  ['monday', on(30), new Date(2026, 11, 7, 9)],
  ['monday', on(29), new Date(2026, 10, 30, 9)],
  ['week', on(25), new Date(2026, 11, 2, 9)],
] as const)('%s from %s', (snooze, now, until) => {
  expect(wakingTime(snooze, now)).toEqual(until)
})

test('a moment is written on the clock of whoever asks', () => {
  expect(localTime(on(25))).toBe('2026-11-25T15:30')
})

test('a ticket is put away until its time comes', () => {
  const until = on(25).toISOString()
  expect(snoozedUntil(until, on(24))).toBe(until)
  expect(snoozedUntil(until, on(25))).toBeUndefined()
  expect(snoozedUntil(null, on(24))).toBeUndefined()
})
