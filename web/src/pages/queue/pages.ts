/** The list as it is kept: page after page. Beyond some pages it is not asked for anew as a whole. */
import type { InfiniteData } from '@tanstack/vue-query'
import type { TicketList, TicketRow } from '@/api/types'

export type Pages = InfiniteData<TicketList, string>

const MOST_ASKED_ANEW = 5

export const isLong = (known: { pages: readonly unknown[] } | undefined): boolean =>
  (known?.pages.length ?? 0) > MOST_ASKED_ANEW

export const without = (pages: Pages, id: number): Pages =>
  mapped(pages, (rows) => (rows.some((row) => row.id === id) ? rows.filter((row) => row.id !== id) : rows))

/** Puts the newest state of some tickets where they stand, and what came in above everything. */
export function brought(pages: Pages, top: readonly TicketRow[], changed: readonly TicketRow[]): Pages {
  const newest = new Map([...changed, ...top].map((row) => [row.id, row]))
  const known = new Set(pages.pages.flatMap((one) => one.data.map((row) => row.id)))
  const added = top.filter((row) => !known.has(row.id))
  const fresh = mapped(pages, (rows) =>
    rows.some((row) => newest.has(row.id)) ? rows.map((row) => ({ ...row, ...newest.get(row.id) })) : rows,
  )
  const [first, ...rest] = fresh.pages
  return first && added.length > 0
    ? { ...fresh, pages: [{ ...first, data: [...added, ...first.data] }, ...rest] }
    : fresh
}

/** What is kept of a list that nobody looks at: as much as is asked for anew when somebody comes back. */
export const shortened = (pages: Pages): Pages => ({
  pages: pages.pages.slice(0, MOST_ASKED_ANEW),
  pageParams: pages.pageParams.slice(0, MOST_ASKED_ANEW),
})

const mapped = (pages: Pages, change: (rows: TicketRow[]) => TicketRow[]): Pages => ({
  ...pages,
  pages: pages.pages.map((one) => {
    const data = change(one.data)
    return data === one.data ? one : { ...one, data }
  }),
})
