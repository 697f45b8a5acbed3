import { expect, test } from 'vitest'
import { filterFor } from './tags'

test('the tickets of a tag are found by a filter, where one can say its name', () => {
  expect(filterFor('vip guest')).toBe('tag:"vip guest"')
  expect(filterFor('5" pipe')).toBeUndefined()
})
