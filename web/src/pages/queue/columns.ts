import type { View } from '@/api/types'
import { SORTS } from '@/ui/view-words'

export type Column = View['columns'][number]
export type Sort = View['sort']

/** Widths in rem. The subject takes what is left, and so much at least. */
const WIDTHS: Record<Column, number> = {
  number: 5.5,
  subject: 11.5,
  requester: 7,
  area: 6,
  assignee: 6.75,
  status: 6.5,
  priority: 5.5,
  sla: 7.25,
  updated: 5.25,
  created: 5.25,
  channel: 6,
  category: 7,
  tags: 9,
}
const TICK_WIDTH = 2.25
const REM_PIXELS = 16
const SCROLLBAR_PIXELS = 16

export const USUAL: Column[] = [
  ...(['number', 'subject', 'requester', 'area', 'assignee'] as const),
  ...(['status', 'priority', 'sla', 'updated'] as const),
]

/** What is left out where there is no room for all, in this order. */
const DISPENSABLE: readonly Column[] = [
  ...(['tags', 'category', 'channel', 'created', 'area', 'requester'] as const),
  ...(['updated', 'assignee', 'priority', 'status'] as const),
]

/** Those of the columns for which there is room in so many pixels. */
export function fitting(columns: readonly Column[], pixels: number): Column[] {
  const room = (pixels - SCROLLBAR_PIXELS) / REM_PIXELS - TICK_WIDTH
  let left = [...columns]
  for (const one of DISPENSABLE) {
    if (left.reduce((sum, column) => sum + WIDTHS[column], 0) <= room) break
    left = left.filter((column) => column !== one)
  }
  return left
}

/** The grid of a row: the box to tick, then the columns. */
export const template = (columns: readonly Column[]): string => `${TICK_WIDTH}rem ${columns.map(track).join(' ')}`

const track = (column: Column): string =>
  column === 'subject' ? `minmax(${WIDTHS.subject}rem, 1fr)` : `${WIDTHS[column]}rem`

/** Where in the grid a part of a message stands: from the subject on. */
export const belowSubject = (columns: readonly Column[]): string => `${columns.indexOf('subject') + 2} / -1`

/** The orders to choose from; without words to be found nothing is more relevant than anything else. */
export const sortsFor = (hasWords: boolean): Sort[] => SORTS.filter((sort) => hasWords || sort !== 'relevance')

/** The orders that clicking a column's head goes through. */
const HEAD_SORTS: Partial<Record<Column, readonly Sort[]>> = {
  number: ['-number', 'number'],
  priority: ['-priority'],
  sla: ['due'],
  updated: ['-updated', 'updated'],
  created: ['-created', 'created'],
}

/** The order that a click on the head brings; nothing for columns that cannot be sorted by. */
export function nextSort(column: Column, sort: Sort): Sort | undefined {
  const sorts = HEAD_SORTS[column] ?? []
  return sorts[(sorts.indexOf(sort) + 1) % Math.max(sorts.length, 1)]
}

/** For `aria-sort`. The sign is the API's, and `due` has the earliest first. */
export function ariaSort(column: Column, sort: Sort): 'ascending' | 'descending' | 'none' | undefined {
  const sorts = HEAD_SORTS[column]
  if (!sorts) return undefined
  if (!sorts.includes(sort)) return 'none'
  return sort.startsWith('-') ? 'descending' : 'ascending'
}
