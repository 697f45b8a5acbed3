import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { useDebounceFn } from '@vueuse/core'
import { computed, type Ref, shallowRef, watch } from 'vue'
import { api, take } from '@/api/client'
import { type DeskEvent, isLive, useEvents } from '@/api/events'
import { keys } from '@/api/keys'
import { useViewList } from '@/api/lists'
import { queryClient } from '@/api/query-client'
import type { TicketList, TicketRow } from '@/api/types'
import type { Sort } from './columns'
import { asItCame, merged, without } from './order'

const PAGE = 100
const POLL_MS = 15_000
/** With the stream standing this only heals what it may have missed. */
const LIVE_POLL_MS = 120_000
const pace = () => (isLive.value ? LIVE_POLL_MS : POLL_MS)

export interface Asked {
  view: string
  query: string
  /** Undefined for the order of the view. */
  sort: Sort | undefined
}
export interface ShownRow {
  ticket: TicketRow
  /** It was in the list and no longer belongs there. */
  isGone: boolean
}

export function useViews() {
  const views = useViewList()
  const counts = useQuery({
    queryKey: keys.counts,
    queryFn: () => take(api.GET('/api/desk/v1/counts')),
    refetchInterval: pace,
  })
  return {
    views: views.data,
    error: views.error,
    counts: computed(() => counts.data.value?.views ?? {}),
  }
}

/** The rows of what is asked for, in an order that stands still until somebody lets the new ones in. */
export function useRows(asked: Ref<Asked>) {
  const list = useInfiniteQuery({
    queryKey: computed(() => [...keys.tickets, asked.value] as const),
    queryFn: ({ queryKey, pageParam }) => page(queryKey[1], pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: pace,
    refetchOnMount: 'always',
  })
  const found = computed(() => list.data.value?.pages.flatMap((one) => one.data))
  const order = shallowRef(asItCame([]))
  const byId = computed(() => new Map(found.value?.map((ticket) => [ticket.id, ticket])))
  const kept = new Map<number, TicketRow>()
  let current: Asked | undefined
  let enteredAt = 0
  let isSettled = false

  watch(
    [asked, found, list.dataUpdatedAt],
    () => {
      if (current !== asked.value) enter(asked.value)
      if (!found.value) return
      for (const ticket of found.value) kept.set(ticket.id, ticket)
      const ids = [...byId.value.keys()]
      order.value = isSettled ? merged(order.value.shown, ids) : asItCame(ids)
      if (list.dataUpdatedAt.value >= enteredAt) isSettled = true
    },
    { immediate: true },
  )

  function enter(next: Asked): void {
    current = next
    enteredAt = Date.now()
    isSettled = false
    kept.clear()
    order.value = asItCame([])
  }

  function letIn(): void {
    order.value = asItCame([...byId.value.keys()])
  }

  /** After a change of one's own the list is as it should be at once. */
  async function reload(): Promise<void> {
    await Promise.all([list.refetch(), queryClient.invalidateQueries({ queryKey: keys.counts })])
    letIn()
  }

  const rows = computed<ShownRow[]>(() =>
    order.value.shown.flatMap((id) => {
      const ticket = byId.value.get(id) ?? kept.get(id)
      return ticket ? [{ ticket, isGone: !byId.value.has(id) }] : []
    }),
  )
  function more(): void {
    if (list.hasNextPage.value && !list.isFetching.value && !list.isFetchNextPageError.value) void list.fetchNextPage()
  }
  /** Takes a ticket that left the agent's sight off the screen and out of memory, without waiting for an answer. */
  function forget({ id, label }: DeskEvent['ticket']): void {
    const queryKey = [...keys.tickets, asked.value]
    // An answer that is under way may still have it.
    void queryClient.cancelQueries({ queryKey })
    queryClient.setQueryData<InfiniteData<TicketList, string>>(queryKey, (known) => known && pagesWithout(known, id))
    queryClient.removeQueries({ queryKey: keys.tickets, type: 'inactive' })
    for (const ref of [id, label]) queryClient.removeQueries({ queryKey: keys.ticket(ref), type: 'inactive' })
    kept.delete(id)
    order.value = without(order.value, id)
  }
  const waiting = computed(() => order.value.waiting.length)
  return { list, rows, waiting, letIn, reload, forget, more }
}

/** Asks anew soon after something happened; many happenings make one question. What left the sight goes at once. */
export function useFreshness(forget: (ticket: DeskEvent['ticket']) => void): void {
  const ask = useDebounceFn(
    () => {
      void queryClient.invalidateQueries({ queryKey: keys.tickets })
      void queryClient.invalidateQueries({ queryKey: keys.counts })
    },
    700,
    { maxWait: 4_000 },
  )
  useEvents({
    ticket: (event) => {
      if (event.kind === 'ticket.gone') forget(event.ticket)
      void ask()
    },
    resumed: () => void ask(),
  })
}

const pagesWithout = (known: InfiniteData<TicketList, string>, id: number): InfiniteData<TicketList, string> => ({
  ...known,
  pages: known.pages.map((one) => ({ ...one, data: one.data.filter((ticket) => ticket.id !== id) })),
})

const page = ({ view, query, sort }: Asked, after: string) =>
  take(
    api.GET('/api/desk/v1/tickets', {
      params: { query: { view, limit: PAGE, ...(query && { query }), ...(sort && { sort }), ...(after && { after }) } },
    }),
  )
