import type { Attachment, Entry, Priority, Status, Ticket } from '@/api/types'

export const STATUSES = ['open', 'in_progress', 'pending', 'resolved', 'closed'] as const satisfies Status[]
export const PRIORITIES = ['low', 'normal', 'high', 'urgent', 'critical'] as const satisfies Priority[]
export const LINK_KINDS = ['related', 'duplicate', 'duplicated_by', 'blocks', 'blocked_by'] as const satisfies Array<
  Ticket['links'][number]['kind']
>

/** What events are told with; another kind is told as a plain change. */
export const EVENT_KINDS = [
  ...(['opened', 'started', 'assigned', 'transferred', 'reclassified', 'updated', 'paused', 'resumed'] as const),
  ...(['resolved', 'closed', 'cancelled', 'archived', 'reopened', 'read', 'unread', 'edited', 'tagged'] as const),
  ...(['filled_in', 'snoozed', 'woken', 'merged', 'unmerged', 'took_in', 'let_go', 'split', 'linked'] as const),
  ...(['unassigned', 'unlinked', 'added', 'removed', 'answered', 'replied', 'noted'] as const),
] as const
export const MERGING = ['merged', 'unmerged', 'took_in', 'let_go'] as const satisfies EventWord[]
export type EventWord = (typeof EVENT_KINDS)[number]

export const eventWord = (kind: string): EventWord =>
  EVENT_KINDS.find((word) => word === kind.split('.').at(-1)) ?? 'updated'

export const FIELD_NAMES = [
  ...([
    'status',
    'close_reason',
    'priority',
    'area',
    'assignee',
    'category',
    'subcategory',
    'subject',
    'tags',
  ] as const),
  ...(['fields', 'snoozed_until', 'resolution_note', 'is_read', 'other'] as const),
] as const
export type FieldName = (typeof FIELD_NAMES)[number]
export const fieldName = (field: string): FieldName => FIELD_NAMES.find((name) => name === field) ?? 'other'

/** Whether answers reach whoever asked through a channel, as its contract shows tickets (docs/contracts/). */
export const REACH = {
  debuta: 'shown',
  mesa: 'shown',
  support: 'shown',
  mobile: 'shown',
  kinconecta: 'unseen',
  desk: 'asked_for',
} as const satisfies Record<Ticket['channel'], 'shown' | 'unseen' | 'asked_for'>

export type TimelineEntry = Entry

/** Bytes as people read them: "12 kB". */
export function sizeOf(file: Pick<Attachment, 'size'>, language: string): string {
  const [value, unit] =
    file.size < 1_000
      ? [file.size, 'byte']
      : file.size < 1_000_000
        ? [file.size / 1_000, 'kilobyte']
        : [file.size / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(value)
}

/** A length of time in its two largest units: "1 d 4 h", "12 min". `seconds` may be negative; its sign is dropped. */
export function span(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (days) return hours ? `${days} d ${hours} h` : `${days} d`
  return hours ? (rest ? `${hours} h ${rest} min` : `${hours} h`) : `${rest} min`
}
