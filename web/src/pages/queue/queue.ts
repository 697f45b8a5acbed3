import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { api, take } from '@/api/client'
import { type DeskEvent, isLive, useEvents } from '@/api/events'
import { keys } from '@/api/keys'
import { useViewList } from '@/api/lists'
import { Problem } from '@/api/problem'
import { queryClient } from '@/api/query-client'
import { type Asked, ticketPage } from '@/api/ticket-pages'
import type { TicketRow } from '@/api/types'
import { asItCame, merged, settled, without } from './order'
import * as pages from './pages'

const MOST_ONE_BY_ONE = 20
const POLL_MS = 15_000
/** With the stream standing this only heals what it may have missed. */
const LIVE_POLL_MS = 120_000
const pace = () => (isLive.value ? LIVE_POLL_MS : POLL_MS)

export type { Asked }
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
    queryFn: ({ queryKey, pageParam }) => ticketPage(queryKey[1], pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) => (pages.isLong(query.state.data) ? false : pace()),
    refetchOnWindowFocus: (query) => !pages.isLong(query.state.data) && !(query.state.error instanceof Problem),
    refetchOnMount: 'always',
    // Else each row of a long list is watched, and compared anew with each page.
    shallow: true,
    structuralSharing: false,
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

  const keyOf = (one: Asked) => [...keys.tickets, one] as const
  const change = (one: Asked, how: (known: pages.Pages) => pages.Pages, updatedAt?: number): void => {
    queryClient.setQueryData<pages.Pages>(keyOf(one), (known) => known && how(known), { updatedAt })
  }
  const leave = (one: Asked): void => change(one, pages.shortened, queryClient.getQueryState(keyOf(one))?.dataUpdatedAt)
  watch(asked, (_, before) => leave(before))
  onScopeDispose(() => leave(asked.value))

  /** Brings the list up to date. Of a long one only the beginning is asked for, and those tickets that changed. */
  async function refresh(changed: readonly number[]): Promise<void> {
    if (!pages.isLong(list.data.value)) return queryClient.invalidateQueries({ queryKey: keys.tickets })
    const here = asked.value
    const shown = changed.filter((id) => byId.value.has(id)).slice(-MOST_ONE_BY_ONE)
    const [top, ...newest] = await Promise.all([ticketPage(here, ''), ...shown.map(newestOf)])
    change(here, (known) =>
      pages.brought(
        known,
        top.data,
        newest.flatMap((row) => row ?? []),
      ),
    )
  }

  /** After a change of one's own the list is as it should be at once. */
  async function reload(): Promise<void> {
    leave(asked.value)
    await Promise.all([list.refetch(), queryClient.invalidateQueries({ queryKey: keys.counts })])
    order.value = settled(order.value.shown, [...byId.value.keys()])
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
    // An answer that is under way may still have it.
    void queryClient.cancelQueries({ queryKey: keyOf(asked.value) })
    change(asked.value, (known) => pages.without(known, id))
    queryClient.removeQueries({ queryKey: keys.tickets, type: 'inactive' })
    for (const ref of [id, label]) queryClient.removeQueries({ queryKey: keys.ticket(ref), type: 'inactive' })
    kept.delete(id)
    order.value = without(order.value, id)
  }
  const waiting = computed(() => order.value.waiting.length)
  return { list, rows, waiting, letIn, refresh, reload, forget, more }
}

/** Asks anew soon after something happened; many happenings make one question. What left the sight goes at once. */
export function useFreshness({ forget, refresh }: Pick<ReturnType<typeof useRows>, 'forget' | 'refresh'>): void {
  const changed = new Set<number>()
  const ask = useDebounceFn(
    () => {
      // What could not be asked for is asked for with the next event, or when the network is back.
      refresh([...changed]).catch(() => undefined)
      changed.clear()
      void queryClient.invalidateQueries({ queryKey: keys.counts })
    },
    700,
    { maxWait: 4_000 },
  )
  useEvents({
    ticket: (event) => {
      if (event.kind === 'ticket.gone') forget(event.ticket)
      else changed.add(event.ticket.id)
      void ask()
    },
    resumed: () => void ask(),
  })
}

/** Nothing for a ticket that cannot be had: it is told of as gone, or asked for again with what happens next. */
const newestOf = (id: number): Promise<TicketRow | undefined> =>
  take(api.GET('/api/desk/v1/tickets/{ref}', { params: { path: { ref: String(id) } } })).catch(() => undefined)
