import { useWindowFocus } from '@vueuse/core'
import { watch } from 'vue'
import { api, ifMatch, take } from '@/api/client'
import type { Ticket } from '@/api/types'
import { useNotifications } from '@/shell/notifications'
import type { TicketDesk } from './ticket'

/**
 * What an agent looks at is read: the ticket, also when its requester writes meanwhile, and what they were told of it.
 * Returns what to wait for before the ticket is changed otherwise, so that nobody is faster than themselves. Call in
 * setup.
 */
export function useReading(desk: Pick<TicketDesk, 'ref' | 'ticket' | 'may' | 'take'>): () => Promise<unknown> {
  const isLooking = useWindowFocus()
  let underWay: Promise<unknown> = Promise.resolve()
  /** What was written last when they looked: what somebody marks as unread afterwards stays so. */
  let seen: string | undefined

  watch([() => desk.ticket.value?.version, isLooking], look, { immediate: true })

  function look(): void {
    const ticket = desk.ticket.value
    if (!ticket || !isLooking.value || seen === newest(ticket)) return
    seen = newest(ticket)
    if (ticket.is_read || !desk.may('mark_read')) return
    underWay = mark(ticket).then(desk.take, () => {
      // Somebody was faster: with the next version it is tried again.
      seen = undefined
    })
  }

  const mark = ({ version }: Ticket): Promise<Ticket> =>
    take(
      api.PATCH('/api/desk/v1/tickets/{ref}', {
        params: { path: { ref: desk.ref } },
        body: { is_read: true },
        ...ifMatch(`"${version}"`),
      }),
    )

  readNotifications(() => (isLooking.value ? desk.ticket.value?.id : undefined))
  return () => underWay
}

const newest = ({ last_reply_at }: Ticket): string => last_reply_at ?? ''

/** Each is tried once: what cannot be noted just now stays in the bell. */
function readNotifications(ticketId: () => number | undefined): void {
  const { all, reload } = useNotifications()
  const tried = new Set<string>()
  watch(
    [all, ticketId],
    () => {
      const here = (all.value ?? []).filter(({ id, ticket, read_at }) => {
        return !read_at && ticket.id === ticketId() && !tried.has(id)
      })
      if (here.length === 0) return
      const ids = here.map(({ id }) => id)
      for (const id of ids) tried.add(id)
      void take(api.POST('/api/desk/v1/notifications/read', { body: { all: false, ids } })).then(reload, () => null)
    },
    { immediate: true },
  )
}
