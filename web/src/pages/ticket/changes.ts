import type { Ticket, TicketPatch } from '@/api/types'
import { isReachable } from './statuses'

/** What takes `patch` back, for a ticket as it was before. */
export function undoOf(patch: TicketPatch, before: Ticket): TicketPatch {
  const { fields, reason: _, ...rest } = patch
  const plain = Object.keys(rest).map((key) => [key, valueIn(before, key)])
  return {
    ...Object.fromEntries(plain),
    // A ticket that moves leaves its assignee behind.
    ...(patch.area === undefined ? {} : { assignee_id: before.assignee?.id ?? null }),
    ...(fields
      ? { fields: Object.fromEntries(Object.keys(fields).map((key) => [key, before.fields[key] ?? null])) }
      : {}),
  }
}

/** `undo` with the status that giving the ticket to somebody moved on. */
export function withStatus(undo: TicketPatch, before: Ticket, after: Ticket): TicketPatch {
  const isMoved = undo.assignee_id !== undefined && undo.status === undefined && before.status !== after.status
  return isMoved ? { ...undo, status: before.status } : undo
}

/** Whether the caller may take `undo` back: some steps go one way for most. */
export function mayUndo(undo: TicketPatch, after: Ticket): boolean {
  if (undo.status && !isReachable(after, undo.status)) return false
  return undo.assignee_id === undefined || after.permissions.includes('assign')
}

/** Whether the ticket is already as `patch` wants it. */
export function holds(ticket: Ticket, patch: TicketPatch): boolean {
  const { fields = {}, reason: _, ...rest } = patch
  return (
    Object.entries(rest).every(([key, value]) => same(valueIn(ticket, key), value)) &&
    Object.entries(fields).every(([key, value]) => same(ticket.fields[key] ?? null, value))
  )
}

/** `patch`, thought of for the ticket as it was `before`, for the ticket as it is `now`: of tags only the difference. */
export function rebased(patch: TicketPatch, before: Ticket, now: Ticket): TicketPatch {
  const { tags } = patch
  if (!tags) return patch
  const added = tags.filter((tag) => !before.tags.includes(tag) && !now.tags.includes(tag))
  const isKept = (tag: string): boolean => tags.includes(tag) || !before.tags.includes(tag)
  return { ...patch, tags: [...now.tags.filter(isKept), ...added] }
}

/** Whether what `patch` is of is `now` as it was `before`. Tags are put on and off one by one. */
export const isUntouched = ({ fields = {}, ...rest }: TicketPatch, before: Ticket, now: Ticket): boolean =>
  Object.keys(rest).every((key) => key === 'tags' || same(valueIn(before, key), valueIn(now, key))) &&
  Object.keys(fields).every((key) => same(before.fields[key], now.fields[key]))

/** Whether somebody only looked at it, or marked it as unread. */
export const isJustRead = (before: Ticket, now: Ticket): boolean =>
  before.is_read !== now.is_read && before.updated_at === now.updated_at && same(before.tags, now.tags)

/** Two changes as one; where both are of the same property the later one stands. */
export function joinedPatch(earlier: TicketPatch, later: TicketPatch): TicketPatch {
  const fields = { ...earlier.fields, ...later.fields }
  return { ...earlier, ...later, ...(Object.keys(fields).length ? { fields } : {}) }
}

/** What a change is of, as the history names it. */
export const fieldsOf = (patch: TicketPatch): string[] =>
  Object.keys(patch).flatMap((key) => (key === 'assignee_id' ? ['assignee'] : key === 'reason' ? [] : [key]))

function valueIn(ticket: Ticket, key: string): unknown {
  return key === 'assignee_id' ? (ticket.assignee?.id ?? null) : ticket[key as keyof Ticket]
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
