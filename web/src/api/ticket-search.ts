import { api, take } from './client'
import type { TicketRow } from './types'

const LIMIT = 8
/** So many are asked for that the one of the number is among them: others name it in what was said. */
const ASKED_FOR = 30

/** Tickets that hold the words; the one that has the number, then the best match first. Raises Problem. */
export async function findTickets(written: string): Promise<TicketRow[]> {
  const query = written.trim()
  if (!query) return []
  const params = { query: { query, limit: ASKED_FOR } }
  const { data } = await take(api.GET('/api/desk/v1/tickets', { params }))
  return numberedFirst(data, query).slice(0, LIMIT)
}

/** `304` and `TKT-2026-00304` mean the ticket of that number before all that mention it. */
export function numberedFirst<Row extends { label: string }>(rows: readonly Row[], written: string): Row[] {
  const number = /^#?(\d+)$/.exec(written)?.[1]
  const means = ({ label }: Row): boolean =>
    number ? Number(label.split('-').at(-1)) === Number(number) : label.toLowerCase() === written.toLowerCase()
  return [...rows.filter(means), ...rows.filter((row) => !means(row))]
}
