import type { View } from '@/api/types'
import { SORTS } from '@/ui/view-words'

export type Column = View['columns'][number]
export type Sort = View['sort']

/** Widths for CSS grid. */
const WIDTHS: Record<Column, string> = {
  number: '8.25rem',
  subject: 'minmax(12rem, 1fr)',
  requester: '8.25rem',
  area: '6rem',
  assignee: '8.25rem',
  status: '6.75rem',
  priority: '5.75rem',
  sla: '6.75rem',
  updated: '6rem',
  created: '6.5rem',
  channel: '6rem',
  category: '7rem',
  tags: '9rem',
}

export const USUAL: Column[] = [
  ...(['number', 'subject', 'requester', 'area', 'assignee'] as const),
  ...(['status', 'priority', 'sla', 'updated'] as const),
]

/** What a screen of middling width leaves out. */
const ROOMY: ReadonlySet<Column> = new Set<Column>(['requester', 'area', 'created', 'channel', 'category', 'tags'])

export const fitting = (columns: readonly Column[], isWide: boolean): Column[] =>
  columns.filter((column) => isWide || !ROOMY.has(column))

/** The grid of a row: the box to tick, then the columns. */
export const template = (columns: readonly Column[]): string =>
  `2.25rem ${columns.map((column) => WIDTHS[column]).join(' ')}`

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
