import { expect, test } from 'vitest'
import { filterFor } from './tags'

test('the tickets of a tag are found by a filter, whatever its name', () => {
  expect(filterFor('vip guest')).toBe('tag:"vip guest"')
  expect(filterFor('5" pipe')).toBe('tag:"5\\" pipe"')
})
