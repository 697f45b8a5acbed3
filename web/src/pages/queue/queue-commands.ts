import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useMe } from '@/api/me'
import type { TicketPatch, TicketRow } from '@/api/types'
import { type Command, useCommands } from '@/shell/commands'
import type { BulkWish } from './bulk'
import type { usePicking } from './picking'
import type { ShownRow } from './queue'

interface Parts {
  picking: ReturnType<typeof usePicking>
  rows: ComputedRef<ShownRow[]>
  ticked: ComputedRef<TicketRow[]>
  act: (tickets: readonly TicketRow[], wish: BulkWish) => Promise<void>
  /** Brings the row of this index into sight and the keyboard to it. */
  reach: (index: number) => void
  focusFilter: () => void
  refresh: () => unknown
  /** Begins a new ticket. */
  open: () => unknown
}

/** What the keyboard and the palette can do with the queue. Enter opens by itself: the keyboard is on the row's link. */
export function useQueueCommands({ picking, rows, ticked, act, reach, focusFilter, refresh, open }: Parts): void {
  const { t } = useI18n()
  const { me, may } = useMe()

  function move(by: number): void {
    const index = picking.move(by)
    if (index !== undefined) reach(index)
  }
  function extend(by: number): void {
    if (picking.cursor.value !== undefined && !picking.picked.value.has(picking.cursor.value)) {
      picking.toggle(picking.cursor.value)
    }
    move(by)
    if (picking.cursor.value !== undefined) picking.extend(picking.cursor.value)
  }
  /** The ticked tickets, or else the one that the keyboard is at. */
  function change(patch: TicketPatch): void {
    const here = rows.value[picking.at.value]?.ticket
    const tickets = ticked.value.length > 0 ? ticked.value : here ? [here] : []
    void act(tickets, { change: () => patch })
  }
  const quiet = (id: string, keys: string, label: string, run: () => unknown): Command => ({
    id: `queue-key-${id}`,
    group: 'queue',
    isQuiet: true,
    keys,
    label,
    run,
  })

  useCommands(() => [
    quiet('down', 'j', t('queue.keys.down'), () => move(1)),
    quiet('up', 'k', t('queue.keys.up'), () => move(-1)),
    { ...quiet('open', 'enter', t('queue.keys.open'), () => undefined), isNative: true },
    quiet('pick', 'x', t('queue.keys.pick'), () => {
      if (picking.cursor.value === undefined) return move(1)
      picking.toggle(picking.cursor.value)
    }),
    quiet('pick-down', 'shift_j', t('queue.keys.pickDown'), () => extend(1)),
    quiet('pick-up', 'shift_k', t('queue.keys.pickUp'), () => extend(-1)),
    quiet('none', 'escape', t('queue.keys.none'), picking.none),
    quiet('filter', '/', t('queue.keys.filter'), focusFilter),
    {
      id: 'queue-all',
      label: t('queue.selectAll'),
      group: 'queue',
      icon: 'i-lucide-list-checks',
      keys: 'shift_x',
      run: picking.all,
    },
    {
      id: 'queue-mine',
      label: t('queue.keys.mine'),
      group: 'queue',
      icon: 'i-lucide-user-check',
      keys: 'a',
      run: () => me.value && change({ assignee_id: me.value.id }),
    },
    {
      id: 'queue-resolve',
      label: t('queue.keys.resolve'),
      group: 'queue',
      icon: 'i-lucide-circle-check',
      keys: 'e',
      run: () => change({ status: 'resolved' }),
    },
    ...(may('open_for_others')
      ? [
          {
            id: 'queue-new',
            label: t('queue.open.title'),
            group: 'queue',
            icon: 'i-lucide-plus',
            keys: 'n',
            run: open,
          } as const,
        ]
      : []),
    { id: 'queue-refresh', label: t('queue.refresh'), group: 'queue', icon: 'i-lucide-rotate-cw', run: refresh },
  ])
}
