import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { TicketRow } from '@/api/types'
import { useNotices } from '@/shell/notices'
import { type BulkWish, type Outcome, send, undoOf } from './bulk'

/** Carries wishes out, tells what became of each ticket, and takes them back. `after` runs when the desk has changed. */
export function useBulk(after: () => Promise<unknown>) {
  const { t } = useI18n()
  const notices = useNotices()
  const isBusy = ref(false)
  const refused = shallowRef<Outcome>()

  async function act(tickets: readonly TicketRow[], wish: BulkWish, isUndo = false): Promise<void> {
    if (isBusy.value || tickets.length === 0) return
    isBusy.value = true
    refused.value = undefined
    try {
      const outcome = await send(tickets, wish)
      await after()
      tell(tickets, wish, outcome, isUndo ? 'undone' : undoOf(tickets, wish, outcome.done))
    } catch (error) {
      notices.failed(error, () => act(tickets, wish, isUndo))
    } finally {
      isBusy.value = false
    }
  }

  function tell(
    before: readonly TicketRow[],
    wish: BulkWish,
    outcome: Outcome,
    undo: BulkWish | 'undone' | undefined,
  ): void {
    const count = outcome.done.length
    if (outcome.refused.length > 0) refused.value = outcome
    if (count === 0) return
    const [first] = outcome.done
    const one = count === 1 && first ? { label: first.label, what: whatOf(first, wish) } : undefined
    const changed = new Set(outcome.done.map(({ id }) => id))
    if (undo === 'undone') {
      notices.done(one ? t('queue.bulk.one.undone', one) : t('queue.bulk.undone', { count }, count))
      return
    }
    const takeBack =
      undo &&
      (() =>
        act(
          before.filter(({ id }) => changed.has(id)),
          undo,
          true,
        ))
    const text = undo ? 'done' : 'doneFinally'
    notices.done(one ? t(`queue.bulk.one.${text}`, one) : t(`queue.bulk.${text}`, { count }, count), takeBack)
  }

  /** What became of a ticket, in a word or two. */
  function whatOf(after: TicketRow, wish: BulkWish): string {
    const { status, assignee_id } = wish.change(after)
    if (status)
      return t(`queue.bulk.one.${after.status === 'resolved' ? 'resolved' : 'status'}`, {
        status: t(`queue.statuses.${after.status}`),
      })
    if (assignee_id === undefined) return t('queue.bulk.one.changed')
    return after.assignee ? t('queue.bulk.one.assigned', { name: after.assignee.name }) : t('queue.bulk.one.nobodys')
  }

  return { act, isBusy, refused }
}
