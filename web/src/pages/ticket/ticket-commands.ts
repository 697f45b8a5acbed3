import { useI18n } from 'vue-i18n'
import { useMe } from '@/api/me'
import { type Command, useCommands } from '@/shell/commands'
import { isLive } from './statuses'
import type { TicketDesk } from './ticket'

/** What the keyboard and the palette do with the ticket on screen. Call in setup. */
export function useTicketCommands(desk: TicketDesk, showWires: () => void): void {
  const { t } = useI18n()
  const { me } = useMe()

  const resolve = (): unknown => {
    const ticket = desk.ticket.value
    if (!ticket || !isLive(ticket)) return
    return desk.change({ status: 'resolved' }, t('ticket.resolved', { label: ticket.label }))
  }
  const assignToMe = (): unknown => {
    const ticket = desk.ticket.value
    if (!ticket || !me.value || ticket.assignee?.id === me.value.id) return
    return desk.change({ assignee_id: me.value.id }, t('ticket.yours', { label: ticket.label }))
  }

  const markUnread = (): unknown => {
    const ticket = desk.ticket.value
    return ticket?.is_read && desk.change({ is_read: false }, t('ticket.markedUnread', { label: ticket.label }))
  }

  useCommands(() => {
    if (!desk.ticket.value) return []
    const all: Array<Command & { permissions: string[] }> = [
      {
        id: 'ticket-resolve',
        label: t('ticket.keys.resolve'),
        group: 'ticket',
        icon: 'i-lucide-circle-check',
        keys: 'e',
        permissions: ['resolve'],
        run: resolve,
      },
      {
        id: 'ticket-assign',
        label: t('ticket.keys.assign'),
        group: 'ticket',
        icon: 'i-lucide-user-check',
        keys: 'a',
        permissions: ['assign', 'take'],
        run: assignToMe,
      },
      {
        id: 'ticket-unread',
        label: t('ticket.keys.unread'),
        group: 'ticket',
        icon: 'i-lucide-mail',
        keys: 'u',
        permissions: ['mark_read'],
        run: markUnread,
      },
      {
        id: 'ticket-wires',
        label: t('ticket.wires.title'),
        group: 'ticket',
        icon: 'i-lucide-braces',
        permissions: ['read_internal'],
        run: showWires,
      },
    ]
    return all.filter((command) => command.permissions.some(desk.may))
  })
}
