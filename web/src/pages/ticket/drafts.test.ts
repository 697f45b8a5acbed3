import { expect, test } from 'vitest'
import { joined, winner } from './drafts'

test.each([
  ['Begun', 'and on', 'Begun\n\nand on'],
  ['Begun', '', 'Begun'],
  ['', 'Begun', 'Begun'],
  ['Begun', 'Begun and on', 'Begun and on'],
  ['Begun and on', 'Begun', 'Begun and on'],
])('%j and %j lose nothing and repeat nothing', (first, second, both) => {
  expect(joined(first, second)).toBe(both)
})

test('the draft that goes on from the other one stands, whatever the clocks say', () => {
  const server = { updated_at: '2026-03-15T10:00:00Z' }
  expect(winner({ at: 0, base: server.updated_at }, server)).toBe('mine')
})

test('of two drafts that were written apart the newer one stands', () => {
  const server = { updated_at: '2026-03-15T10:00:00Z' }
  const then = Date.parse(server.updated_at)
  expect(winner({ at: then + 1000, base: '' }, server)).toBe('mine')
  expect(winner({ at: then - 1000, base: '' }, server)).toBe('server')
})

test('where the browser kept nothing the server has the word', () => {
  expect(winner(undefined, { updated_at: '2026-03-15T10:00:00Z' })).toBe('server')
})
