import { type QueryClient, useQuery, useQueryClient } from '@tanstack/vue-query'
import { type ComputedRef, computed, type InjectionKey, inject, provide, type Ref } from 'vue'
import { api, take } from '@/api/client'
import { isLive, useEvents } from '@/api/events'
import { keys } from '@/api/keys'
import { Problem } from '@/api/problem'
import type { Entry, Ticket, TicketPatch } from '@/api/types'
import { useChange } from './changing'
import { useReading } from './reading'

const POLL = 10_000
const MOST_PAGES = 20

export interface TicketDesk {
  ref: string
  ticket: ComputedRef<Ticket | undefined>
  entries: ComputedRef<Entry[] | undefined>
  /** What keeps the ticket from being shown. */
  problem: ComputedRef<unknown>
  isGone: ComputedRef<boolean>
  may: (permission: string) => boolean
  /**
   * Changes the ticket, and says so with an undo; a newer version is loaded and told instead. What the desk cannot take
   * just now waits until it can. Resolves whether it is done.
   */
  change: (patch: TicketPatch, text: string) => Promise<boolean>
  /** What waits until the desk can take it. */
  unsaved: Readonly<Ref<TicketPatch>>
  take: (ticket: Ticket) => void
  reload: () => Promise<unknown>
}

const KEY: InjectionKey<TicketDesk> = Symbol('ticket')

/** The ticket of the page. */
export function useTicket(): TicketDesk {
  const desk = inject(KEY)
  if (!desk) throw new Error('no ticket here')
  return desk
}

/** Loads a ticket with its timeline, keeps it fresh and hands it to the components below. Call in setup. */
export function provideTicket(ref: string): TicketDesk {
  const queries = useQueryClient()
  const path = { ref }
  const key = keys.ticket(ref)
  const refetchInterval = (): number | false => (isLive.value ? false : POLL)
  const whole = useQuery({
    queryKey: key,
    queryFn: () => take(api.GET('/api/desk/v1/tickets/{ref}', { params: { path } })),
    refetchInterval,
  })
  const timeline = useQuery({ queryKey: [...key, 'timeline'], queryFn: () => wholeTimeline(ref), refetchInterval })
  const isGone = computed(() => isNotFound(whole.error.value) || isNotFound(timeline.error.value))
  const ticket = computed(() => (isGone.value ? undefined : whole.data.value))
  const reload = (): Promise<unknown> => queries.invalidateQueries({ queryKey: key })
  const takeIn = (changed: Ticket): void => taken(queries, ref, changed)
  useEvents({
    ticket: (event) => event.ticket.id === whole.data.value?.id && reload(),
    resumed: reload,
  })
  const desk: TicketDesk = {
    ref,
    ticket,
    entries: computed(() => (isGone.value ? undefined : timeline.data.value)),
    problem: computed(() => (ticket.value ? undefined : (whole.error.value ?? timeline.error.value))),
    isGone,
    may: (permission) => ticket.value?.permissions.includes(permission) ?? false,
    take: takeIn,
    reload,
    ...useChange({ ref, ticket, entries: timeline.data, take: takeIn, reload }),
  }
  const { change } = desk
  const read = useReading(desk)
  desk.change = (patch, text) => read().then(() => change(patch, text))
  provide(KEY, desk)
  return desk
}

const isNotFound = (error: unknown): boolean => error instanceof Problem && error.status === 404

async function wholeTimeline(ref: string): Promise<Entry[]> {
  const entries: Entry[] = []
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const params = { path: { ref }, query: after ? { after } : {} }
    const { data, next } = await take(api.GET('/api/desk/v1/tickets/{ref}/timeline', { params }))
    entries.push(...(data as Entry[]))
    if (!next) break
    after = next
  }
  return entries
}

function taken(queries: QueryClient, ref: string, ticket: Ticket): void {
  queries.setQueryData(keys.ticket(ref), ticket)
  void queries.invalidateQueries({ queryKey: [...keys.ticket(ref), 'timeline'] })
  void queries.invalidateQueries({ queryKey: keys.tickets })
  void queries.invalidateQueries({ queryKey: keys.counts })
}
