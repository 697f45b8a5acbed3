import { type QueryClient, useQuery, useQueryClient } from '@tanstack/vue-query'
import { type ComputedRef, computed, type InjectionKey, inject, provide } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ifMatch, take } from '@/api/client'
import { isLive, useEvents } from '@/api/events'
import { keys } from '@/api/keys'
import { isPassing, Problem } from '@/api/problem'
import type { Entry, Ticket, TicketPatch } from '@/api/types'
import { useNotices } from '@/shell/notices'
import { holds, mayUndo, rebased, undoOf, withStatus } from './changes'
import { fieldName } from './words'

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
  /** Changes the ticket, and says so with an undo; a newer version is loaded and told instead. */
  change: (patch: TicketPatch, text: string) => Promise<boolean>
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
    take: (changed) => taken(queries, ref, changed),
    reload,
    change: useChange(ref, queries, ticket, reload),
  }
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

function useChange(
  ref: string,
  queries: QueryClient,
  ticket: ComputedRef<Ticket | undefined>,
  reload: () => Promise<unknown>,
): TicketDesk['change'] {
  const { t } = useI18n()
  const notices = useNotices()

  const change = (patch: TicketPatch, text: string): Promise<boolean> => make(patch, text, true)

  async function make(patch: TicketPatch, text: string, canUndo: boolean): Promise<boolean> {
    const before = ticket.value
    if (!before) return false
    try {
      const after = await sent(before, patch)
      taken(queries, ref, after)
      const undo = undoOf(patch, before)
      notices.done(text, canUndo && mayUndo(undo, after) ? () => takeBack(undo, before, after) : undefined)
      return true
    } catch (error) {
      if (error instanceof Problem && error.kind === 'stale') return meet(before, patch, text)
      notices.failed(error, isPassing(error) ? () => make(patch, text, canUndo) : undefined)
      return false
    }
  }

  /** The desk puts a status back only where nothing else happened since; else it stays, which is said. */
  function takeBack(undo: TicketPatch, before: Ticket, after: Ticket): Promise<boolean> {
    const now = ticket.value ?? after
    const whole = withStatus(undo, before, after)
    const isWhole = whole === undo || now.version === after.version
    const text = isWhole ? t('ticket.undone') : t('ticket.undoneElse', { status: t(`ticket.status.${now.status}`) })
    return make(rebased(isWhole ? whole : undo, after, now), text, false)
  }

  const sent = (before: Ticket, body: TicketPatch): Promise<Ticket> =>
    take(
      api.PATCH('/api/desk/v1/tickets/{ref}', { params: { path: { ref } }, body, ...ifMatch(`"${before.version}"`) }),
    )

  /** Somebody was faster: with the same change, or with another one, which is told. */
  async function meet(before: Ticket, patch: TicketPatch, text: string): Promise<boolean> {
    await reload()
    const now = ticket.value
    if (!now) return false
    if (holds(now, patch)) notices.done(text)
    else tellWhoWasFaster(before, () => change(rebased(patch, before, ticket.value ?? now), text))
    return holds(now, patch)
  }

  function tellWhoWasFaster(before: Ticket, again: () => unknown): void {
    const entries = queries.getQueryData<Entry[]>([...keys.ticket(ref), 'timeline']) ?? []
    const newer = entries.filter((entry) => entry.at > before.updated_at)
    const fields = new Set(newer.flatMap((entry) => Object.keys(entry.event?.changes ?? {})))
    const what = [...fields].map((field) => t(`ticket.field.${fieldName(field)}`)).join(', ')
    const who = newer.at(-1)?.author.name
    notices.warned(
      who ? t('ticket.stale.who', { who }) : t('problems.stale.title'),
      what ? t('ticket.stale.what', { what }) : t('ticket.stale.else'),
      again,
    )
  }

  return change
}
