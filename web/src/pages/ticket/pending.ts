import { shallowReactive } from 'vue'
import { api, take } from '@/api/client'
import type { Attachment, Macro, NewMessage, Ticket } from '@/api/types'

/** A message with what its macro changes besides. */
export type Outgoing = NewMessage & { change: Omit<Macro['change'], 'status'> }

/** A message that goes out in a moment unless it is taken back. */
export interface Pending {
  message: Outgoing
  files: Attachment[]
  /** Sends it now. */
  now: () => void
}

/** By ticket, one each: the next one sends the one before it. It outlives the page of its ticket. */
export const pending = shallowReactive(new Map<string, Pending>())

/** Browsers let a request outlive its page up to 64 KiB. */
const MOST_KEPT_ALIVE = 60_000

/** Writes a message, and changes the ticket along with it. Raises Problem. */
export async function write(ref: string, message: NewMessage): Promise<Ticket> {
  const params = { path: { ref } }
  const keepalive = JSON.stringify(message).length * 3 < MOST_KEPT_ALIVE
  const { ticket } = await take(api.POST('/api/desk/v1/tickets/{ref}/messages', { params, body: message, keepalive }))
  return ticket
}
