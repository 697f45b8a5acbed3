import { api, take } from './client'
import type { TicketRow } from './types'

const LIMIT = 8

/** Tickets that hold the words, or have the number; the best match first. Raises Problem. */
export async function findTickets(written: string): Promise<TicketRow[]> {
  const query = written.trim()
  return query ? (await take(api.GET('/api/desk/v1/tickets', { params: { query: { query, limit: LIMIT } } }))).data : []
}
