import { expect, test } from 'vitest'
import { asItCame, merged, settled, without } from './order'

test('an empty list takes what comes', () => {
  expect(merged([], [3, 2, 1])).toEqual(asItCame([3, 2, 1]))
})

test('a ticket that comes in above the others waits', () => {
  expect(merged([3, 2, 1], [4, 3, 2, 1])).toEqual({ shown: [3, 2, 1], waiting: [4] })
})

test('a ticket that moved up stays where it is shown', () => {
  expect(merged([3, 2, 1], [1, 3, 2])).toEqual({ shown: [3, 2, 1], waiting: [] })
})

test('a ticket that left stays in its place, and the next page goes below', () => {
  expect(merged([3, 2, 1], [3, 1, 0])).toEqual({ shown: [3, 2, 1, 0], waiting: [] })
})

test('a list with nothing in common waits whole', () => {
  expect(merged([2, 1], [4, 3])).toEqual({ shown: [2, 1], waiting: [4, 3] })
})

test('after a change of one’s own nothing moves but what left and what came', () => {
  expect(settled([4, 3, 2, 1], [2, 4, 1]).shown).toEqual([4, 2, 1])
  expect(settled([4, 2, 1], [3, 5, 4, 2, 0, 1]).shown).toEqual([3, 5, 4, 2, 0, 1])
  expect(settled([], [2, 1]).shown).toEqual([2, 1])
})

test('a ticket that is out of sight is nowhere', () => {
  expect(without({ shown: [3, 2], waiting: [4, 5] }, 2)).toEqual({ shown: [3], waiting: [4, 5] })
  expect(without({ shown: [3, 2], waiting: [4, 5] }, 4)).toEqual({ shown: [3, 2], waiting: [5] })
})
