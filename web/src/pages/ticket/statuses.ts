import type { Status, Ticket } from '@/api/types'

type Known = Pick<Ticket, 'status' | 'permissions'>

/** Whether the caller gets a ticket there; the steps that lead to a status each need their own permission. */
export function isReachable(ticket: Known, target: Status): boolean {
  const may = (permission: string): boolean => ticket.permissions.includes(permission)
  if (target === ticket.status || may('override_status')) return true
  if (target === 'closed') return may('close')
  if (!isLive(ticket)) return may('reopen')
  if (target === 'open') return false
  return may(target === 'resolved' ? 'resolve' : 'pause')
}

export const isLive = ({ status }: Pick<Ticket, 'status'>): boolean => status !== 'resolved' && status !== 'closed'
