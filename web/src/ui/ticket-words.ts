import type { Priority, Status } from '@/api/types'

/** The words of the API for what a ticket may be, in the order of a menu. */
export const STATUSES = ['open', 'in_progress', 'pending', 'resolved', 'closed'] as const satisfies Status[]
export const PRIORITIES = ['critical', 'urgent', 'high', 'normal', 'low'] as const satisfies Priority[]
