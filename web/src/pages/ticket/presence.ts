import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { useIntervalFn } from '@vueuse/core'
import { computed, onScopeDispose, type Ref, watch } from 'vue'
import { api, take } from '@/api/client'
import { useEvents } from '@/api/events'
import { keys } from '@/api/keys'
import { goodbyes, isLeaving } from '@/api/me'
import type { Presence } from '@/api/types'

const BEAT = 10_000

/** Tells that the caller is here, and who else is. Call in setup. */
export function usePresence(ref: string, ticketId: () => number | undefined, isTyping: Ref<boolean>) {
  const queries = useQueryClient()
  const params = { path: { ref } }
  const key = [...keys.ticket(ref), 'presence']
  const others = useQuery({
    queryKey: key,
    queryFn: () => take(api.GET('/api/desk/v1/tickets/{ref}/presence', { params })),
    refetchInterval: BEAT,
  })

  // Nobody needs to know when this fails: the next beat follows.
  const tell = (state: Presence['state']): Promise<unknown> =>
    take(api.PUT('/api/desk/v1/tickets/{ref}/presence', { params, body: { state }, keepalive: true })).catch(() => null)
  const beat = (): void => {
    if (document.visibilityState === 'visible' && !isLeaving.value) void tell(isTyping.value ? 'typing' : 'viewing')
  }
  const sayGoodbye = (): Promise<unknown> => tell('gone')
  const leave = (): void => {
    if (!isLeaving.value) void sayGoodbye()
  }

  useIntervalFn(beat, BEAT, { immediateCallback: true })
  watch(isTyping, beat)
  useEvents({ presence: (event) => event.ticket_id === ticketId() && queries.invalidateQueries({ queryKey: key }) })
  addEventListener('pagehide', leave)
  goodbyes.add(sayGoodbye)
  onScopeDispose(() => {
    removeEventListener('pagehide', leave)
    goodbyes.delete(sayGoodbye)
    leave()
  })
  return computed(() => (others.data.value?.data ?? []).filter((one) => one.state !== 'gone'))
}
