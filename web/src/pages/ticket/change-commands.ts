import { useI18n } from 'vue-i18n'
import type { TicketPatch } from '@/api/types'
import { type Command, useCommands } from '@/shell/commands'
import { SNOOZES, wakingTime } from './snooze'
import { isReachable } from './statuses'
import type { TicketDesk } from './ticket'
import { PRIORITIES, STATUSES } from './words'

const ICONS = {
  status: 'i-lucide-circle-dot',
  priority: 'i-lucide-arrow-up',
  snoozed_until: 'i-lucide-moon',
} as const

/** What the side panel changes, for the palette: each status and priority that the ticket may have, and how long it may sleep. Call in setup. */
export function useChangeCommands(desk: TicketDesk): void {
  const { t } = useI18n()

  const command = (field: keyof typeof ICONS, value: string, word: string, patch: () => TicketPatch): Command => ({
    id: `ticket-${field}-${value}`,
    label: `${t(`ticket.field.${field}`)}: ${word}`,
    group: 'ticket',
    icon: ICONS[field],
    run: () => desk.change(patch(), t('ticket.changed', { field: t(`ticket.field.${field}`) })),
  })

  useCommands(() => {
    const ticket = desk.ticket.value
    if (!ticket) return []
    const statuses = STATUSES.filter((one) => one !== ticket.status && isReachable(ticket, one))
    const priorities = desk.may('reclassify') ? PRIORITIES.filter((one) => one !== ticket.priority) : []
    const snoozes = desk.may('snooze') ? SNOOZES : []
    return [
      ...statuses.map((one) => command('status', one, t(`ticket.status.${one}`), () => ({ status: one }))),
      ...priorities.map((one) => command('priority', one, t(`ticket.priority.${one}`), () => ({ priority: one }))),
      ...snoozes.map((one) =>
        command('snoozed_until', one, t(`ticket.snooze.${one}`), () => ({
          snoozed_until: wakingTime(one, new Date()).toISOString(),
        })),
      ),
    ]
  })
}
