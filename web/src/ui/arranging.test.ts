import { expect, test } from 'vitest'
import { inOrder, lastPosition, moved } from './arranging'

const things = (...positions: number[]) => positions.map((position, index) => ({ id: 'abcdef'[index] ?? '', position }))

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

test('what is new stands behind all others, and no higher than the API takes', () => {
  expect(lastPosition(things(10_000))).toBe(10_000)
  expect(lastPosition(things(0, 3))).toBe(4)
  expect(lastPosition([])).toBe(0)
})
