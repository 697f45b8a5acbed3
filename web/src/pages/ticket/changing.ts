import { until } from '@vueuse/core'
import { type ComputedRef, type Ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ifMatch, take } from '@/api/client'
import { isAway } from '@/api/connection'
import { isPassing, Problem } from '@/api/problem'
import type { Entry, Ticket, TicketPatch } from '@/api/types'
import { useNotices } from '@/shell/notices'
import { useProblemText } from '@/shell/problem-text'
import { fieldsOf, holds, isJustRead, isUntouched, joinedPatch, mayUndo, rebased, undoOf, withStatus } from './changes'
import { fieldName } from './words'

interface Parts {
  ref: string
  ticket: ComputedRef<Ticket | undefined>
  entries: Ref<Entry[] | undefined>
  take: (ticket: Ticket) => void
  reload: () => Promise<unknown>
}

/** Changes of the ticket's properties (TicketDesk.change). Call in setup. */
export function useChange({ ref, ticket, entries, take: takeIn, reload }: Parts) {
  const { t } = useI18n()
  const notices = useNotices()
  const textOf = useProblemText()
  /** What could not be sent yet, all in one. */
  let waiting: { patch: TicketPatch; before: Ticket; hide: () => void } | undefined
  const unsaved = shallowRef<TicketPatch>({})

  const change = (patch: TicketPatch, text: string): Promise<boolean> => make(patch, text)

  async function make(patch: TicketPatch, text: string, { canUndo = true, didWait = false } = {}): Promise<boolean> {
    const before = ticket.value
    if (!before) return false
    try {
      const after = await sent(before, patch)
      takeIn(after)
      const undo = undoOf(patch, before)
      notices.done(text, canUndo && mayUndo(undo, after) ? () => takeBack(undo, before, after) : undefined)
      return true
    } catch (error) {
      if (error instanceof Problem && error.kind === 'stale') return meet(before, patch, text, didWait)
      if (isPassing(error)) wait(patch, before, error)
      else notices.failed(error)
      return false
    }
  }

  /** The desk puts a status back only where nothing else happened since; else it stays, which is said. */
  function takeBack(undo: TicketPatch, before: Ticket, after: Ticket): Promise<boolean> {
    const now = ticket.value ?? after
    const whole = withStatus(undo, before, after)
    const isWhole = whole === undo || now.version === after.version
    const text = isWhole ? t('ticket.undone') : t('ticket.undoneElse', { status: t(`ticket.status.${now.status}`) })
    return make(rebased(isWhole ? whole : undo, after, now), text, { canUndo: false })
  }

  const sent = (before: Ticket, body: TicketPatch): Promise<Ticket> =>
    take(
      api.PATCH('/api/desk/v1/tickets/{ref}', { params: { path: { ref } }, body, ...ifMatch(`"${before.version}"`) }),
    )

  /** Of two changes of the same property that wait, the later one is meant. */
  function wait(patch: TicketPatch, before: Ticket, error: unknown): void {
    waiting?.hide()
    const earlier = waiting?.patch ?? {}
    const whole = joinedPatch(earlier, rebased(patch, before, { ...before, tags: earlier.tags ?? before.tags }))
    const title = t('ticket.notSaved', { what: told(fieldsOf(whole)) })
    const one = {
      patch: whole,
      before: waiting?.before ?? before,
      hide: notices.waits(title, isAway() ? t('ticket.goesOut') : textOf(error).detail, again),
    }
    waiting = one
    unsaved.value = whole
    // What was refused for another reason would be refused again at once.
    if (isAway())
      void until(isAway)
        .toBe(false)
        .then(() => (waiting === one ? again() : undefined))
  }

  async function again(): Promise<void> {
    if (!waiting) return
    const { patch, before, hide } = waiting
    waiting = undefined
    await meet(before, patch, t('ticket.changed', { field: told(fieldsOf(patch)) }), true)
    if (!waiting) unsaved.value = {}
    hide()
  }

  const told = (fields: Iterable<string>): string =>
    [...new Set([...fields].map((field) => t(`ticket.field.${fieldName(field)}`)))].join(', ')

  /** Somebody was faster: with the same change, with one of something else, or with another one, which is told. */
  async function meet(before: Ticket, patch: TicketPatch, text: string, didWait: boolean): Promise<boolean> {
    if (!isAway()) await reload()
    const now = ticket.value
    if (!now) return false
    if (holds(now, patch)) {
      notices.done(text)
      return true
    }
    const isMeant = didWait || isJustRead(before, now)
    if (isMeant && isUntouched(patch, before, now)) return make(rebased(patch, before, now), text, { didWait })
    tellWhoWasFaster(before, () => change(rebased(patch, before, ticket.value ?? now), text))
    return false
  }

  function tellWhoWasFaster(before: Ticket, again: () => unknown): void {
    const newer = (entries.value ?? []).filter((entry) => entry.at > before.updated_at)
    const what = told(newer.flatMap((entry) => Object.keys(entry.event?.changes ?? {})))
    const who = newer.at(-1)?.author.name
    notices.warned(
      who ? t('ticket.stale.who', { who }) : t('problems.stale.title'),
      what ? t('ticket.stale.what', { what }) : t('ticket.stale.else'),
      again,
    )
  }

  return { change, unsaved }
}
