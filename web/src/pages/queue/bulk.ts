import { api, take } from '@/api/client'
import type { BulkResult, TicketPatch, TicketRow } from '@/api/types'

const MOST = 500

/** A change to many tickets: the same for all of them, or one that depends on the ticket. */
export interface BulkWish {
  change: (ticket: TicketRow) => TicketPatch
  macro?: string
}
export interface Outcome {
  done: TicketRow[]
  refused: Array<{ ticket: TicketRow; reason: string }>
}

/** Sends a wish for these tickets, tickets with the same change together. Raises Problem. */
export async function send(tickets: readonly TicketRow[], wish: BulkWish): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] }
  for (const { change, members } of grouped(tickets, wish.change)) {
    for (let start = 0; start < members.length; start += MOST) {
      const part = members.slice(start, start + MOST)
      const body = { ids: part.map(({ id }) => id), change, ...(wish.macro && { macro_id: wish.macro }) }
      const { results } = await take(api.POST('/api/desk/v1/tickets/bulk', { body }))
      for (const result of results) sort(result, part, outcome)
    }
  }
  return outcome
}

/**
 * The wish that takes a change back: what it changed, as it was before, and the status that giving a ticket to somebody
 * moved on (`after`). Nothing when it cannot be taken back.
 */
export function undoOf(
  before: readonly TicketRow[],
  wish: BulkWish,
  after: readonly TicketRow[],
): BulkWish | undefined {
  if (wish.macro) return undefined
  const old = new Map(before.map((ticket) => [ticket.id, ticket]))
  const moved = new Set(after.filter(({ id, status }) => old.get(id)?.status !== status).map(({ id }) => id))
  return {
    change: (ticket) => {
      const was = old.get(ticket.id) ?? ticket
      const fields = new Set(Object.keys(wish.change(was)))
      if (fields.has('assignee_id') && moved.has(ticket.id)) fields.add('status')
      return Object.fromEntries([...fields].map((field) => [field, fieldOf(was, field)]))
    },
  }
}

function fieldOf(ticket: TicketRow, field: string): unknown {
  return field === 'assignee_id' ? (ticket.assignee?.id ?? null) : ticket[field as keyof TicketRow]
}

export function grouped(tickets: readonly TicketRow[], changeOf: BulkWish['change']) {
  const groups = new Map<string, { change: TicketPatch; members: TicketRow[] }>()
  for (const ticket of tickets) {
    const change = changeOf(ticket)
    const key = JSON.stringify(change)
    const group = groups.get(key) ?? { change, members: [] }
    group.members.push(ticket)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function sort(result: BulkResult, part: readonly TicketRow[], outcome: Outcome): void {
  const ticket = part.find(({ id }) => id === result.id)
  if (!ticket) return
  if (result.problem) outcome.refused.push({ ticket, reason: result.problem.detail })
  else outcome.done.push(result.ticket ?? ticket)
}
