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
      tell(tickets, outcome, isUndo ? 'undone' : undoOf(tickets, wish, outcome.done))
    } catch (error) {
      notices.failed(error, () => act(tickets, wish, isUndo))
    } finally {
      isBusy.value = false
    }
  }

  function tell(before: readonly TicketRow[], outcome: Outcome, undo: BulkWish | 'undone' | undefined): void {
    const count = outcome.done.length
    if (outcome.refused.length > 0) refused.value = outcome
    if (count === 0) return
    const changed = new Set(outcome.done.map(({ id }) => id))
    if (undo === 'undone') {
      notices.done(t('queue.bulk.undone', { count }, count))
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
    notices.done(t(undo ? 'queue.bulk.done' : 'queue.bulk.doneFinally', { count }, count), takeBack)
  }

  return { act, isBusy, refused }
}
