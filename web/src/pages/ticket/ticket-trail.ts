import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { type Command, useCommands } from '@/shell/commands'
import { untilNextAct } from '@/shell/last-act'
import { useNotices } from '@/shell/notices'
import { nextOnTrail, place, stepOnTrail } from '@/shell/trail'

/** The way from the ticket `label` to the next and the previous one of the list it was opened from. Call in setup. */
export function useTicketTrail(label: string) {
  const { t } = useI18n()
  const router = useRouter()
  const notices = useNotices()
  const toQueue = (): Promise<unknown> => router.push({ name: 'queue' })
  stepOnTrail(label)

  async function go(by: 1 | -1): Promise<void> {
    const isStillWanted = untilNextAct()
    try {
      const next = await nextOnTrail(by)
      if (!isStillWanted()) return
      if (next) await router.push({ name: 'ticket', params: { ref: next } })
      else notices.told(end(by), t('states.toQueue'), toQueue)
    } catch (error) {
      notices.failed(error, () => go(by))
    }
  }

  function end(by: 1 | -1): string {
    if (!place.value) return t('ticket.trail.none')
    return t(by > 0 ? 'ticket.trail.last' : 'ticket.trail.first', { view: place.value.view })
  }

  useCommands((): Command[] => [
    {
      id: 'ticket-next',
      label: t('ticket.keys.nextTicket'),
      group: 'ticket',
      icon: 'i-lucide-chevron-down',
      keys: 'shift_j',
      run: () => go(1),
    },
    {
      id: 'ticket-previous',
      label: t('ticket.keys.previousTicket'),
      group: 'ticket',
      icon: 'i-lucide-chevron-up',
      keys: 'shift_k',
      run: () => go(-1),
    },
  ])
  return go
}
