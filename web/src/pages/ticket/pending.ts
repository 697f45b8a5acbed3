import { shallowReactive } from 'vue'
import { api, take } from '@/api/client'
import type { Attachment, NewMessage, Ticket, TicketPatch } from '@/api/types'

/** A message that goes out in a moment unless it is taken back. */
export interface Pending {
  message: NewMessage
  files: Attachment[]
  /** Sends it now. */
  now: () => void
}

/** By ticket, one each: the next one sends the one before it. It outlives the page of its ticket. */
export const pending = shallowReactive(new Map<string, Pending>())

/** Browsers let a request outlive its page up to 64 KiB. */
const MOST_KEPT_ALIVE = 60_000

/** Writes a message, and makes the changes that a macro brings along. Raises Problem. */
export async function write(ref: string, message: NewMessage, also: TicketPatch): Promise<Ticket> {
  const params = { path: { ref } }
  const keepalive = JSON.stringify(message).length * 3 < MOST_KEPT_ALIVE
  const { ticket } = await take(api.POST('/api/desk/v1/tickets/{ref}/messages', { params, body: message, keepalive }))
  if (Object.keys(also).length === 0) return ticket
  const headers = { 'If-Match': `"${ticket.version}"` }
  return take(api.PATCH('/api/desk/v1/tickets/{ref}', { params, body: also, headers }))
}
