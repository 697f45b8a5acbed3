import { expect, test } from 'vitest'
import { inOrder, lastPosition, moved, repositioned } from './arranging'

const things = (...positions: number[]) => positions.map((position, index) => ({ id: 'abcdef'[index] ?? '', position }))
const changes = (positions: number[], ids: string): Record<string, number> =>
  Object.fromEntries(repositioned(things(...positions), [...ids]).map(({ thing, position }) => [thing.id, position]))

test('something is put at another place, and never beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b'], 'gone', 0)).toEqual(['a', 'b'])
})

test('what came in meanwhile stands behind what was arranged', () => {
  expect(inOrder(things(1, 2, 3), ['c', 'a']).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
})

test('moving by one place changes two', () => {
  expect(changes([1, 5, 6, 9], 'acbd')).toEqual({ b: 6, c: 5 })
})

test('an order that stands changes nothing', () => {
  expect(changes([1, 5, 6], 'abc')).toEqual({})
  expect(changes([], '')).toEqual({})
})

test('things that share a position are told apart', () => {
  expect(changes([0, 0, 0], 'bac')).toEqual({ a: 1, c: 2 })
  expect(changes([0, 0, 4], 'abc')).toEqual({ b: 1 })
})

test('no position is higher than the API takes', () => {
  expect(changes([10_000, 10_000], 'ba')).toEqual({ a: 1, b: 0 })
  expect(lastPosition(things(10_000))).toBe(10_000)
  expect(lastPosition(things(0, 3))).toBe(4)
  expect(lastPosition([])).toBe(0)
})
