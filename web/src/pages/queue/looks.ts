import type { Priority, Status, TicketRow } from '@/api/types'

/** How words look in a row: by shape as well as by colour, for those who do not see colours. */

export const STATUS_DOTS: Record<Status, string> = {
  open: 'bg-primary',
  in_progress: 'bg-info',
  pending: 'bg-warning',
  resolved: 'bg-success',
  closed: 'bg-accented ring-1 ring-inset ring-[var(--ui-text-dimmed)]',
}

export const PRIORITY_ICONS: Record<Priority, `i-lucide-${string}`> = {
  critical: 'i-lucide-chevrons-up',
  urgent: 'i-lucide-chevron-up',
  high: 'i-lucide-arrow-up',
  normal: 'i-lucide-minus',
  low: 'i-lucide-arrow-down',
}

export const PRIORITY_TONES: Record<Priority, string> = {
  critical: 'text-error font-medium',
  urgent: 'text-error',
  high: 'text-warning',
  normal: 'text-muted',
  low: 'text-dimmed',
}

/** With a closed or merged ticket there is nothing left to read. */
export const isUnread = ({ is_read, status }: TicketRow): boolean => !is_read && status !== 'closed'
