import { expect, test } from 'vitest'
import type { TicketRow } from '@/api/types'
import { brought, isLong, type Pages, shortened, without } from './pages'

const row = (id: number, subject = ''): TicketRow => ({ id, subject }) as TicketRow
const list = (...pages: number[][]): Pages => ({
  pages: pages.map((ids) => ({ data: ids.map((id) => row(id)), next: 'more' })),
  pageParams: pages.map((_, index) => String(index)),
})
const ids = (pages: Pages): number[][] => pages.pages.map((one) => one.data.map(({ id }) => id))

test('what came in stands above everything, what changed where it was', () => {
  const after = brought(list([5, 4], [3, 2]), [row(6), row(5, 'new')], [row(2, 'changed'), row(9)])
  expect(ids(after)).toEqual([
    [6, 5, 4],
    [3, 2],
  ])
  expect(after.pages[0]?.data[1]?.subject).toBe('new')
  expect(after.pages[1]?.data[1]?.subject).toBe('changed')
})

test('pages in which nothing changed stay the very same', () => {
  const before = list([5, 4], [3, 2])
  expect(brought(before, [], [row(2)]).pages[0]).toBe(before.pages[0])
  expect(ids(without(before, 4))).toEqual([[5], [3, 2]])
})

test('a long list is left short', () => {
  const long = list([7], [6], [5], [4], [3], [2])
  expect(isLong(long)).toBe(true)
  expect(isLong(shortened(long))).toBe(false)
  expect(shortened(long).pageParams).toEqual(['0', '1', '2', '3', '4'])
})
