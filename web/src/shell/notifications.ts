import { useInfiniteQuery, useQueryClient } from '@tanstack/vue-query'
import { type ComputedRef, computed, type Ref } from 'vue'
import { api, take } from '@/api/client'
import { isLive, useEvents } from '@/api/events'
import { keys } from '@/api/keys'
import type { Notification } from '@/api/types'
import { useNotices } from './notices'

const LIMIT = 30
const POLL = 30_000

export interface Notifications {
  all: ComputedRef<Notification[] | undefined>
  /** All that were not read, up to 1,000. */
  unread: ComputedRef<number>
  problem: ComputedRef<unknown>
  hasOlder: Ref<boolean>
  showOlder: () => unknown
  reload: () => unknown
  /** Notes that some were read, or all. */
  read: (which: Notification[] | 'all') => Promise<void>
}

/** What the person was told, newest first, kept fresh. Call in setup. */
export function useNotifications(): Notifications {
  const queries = useQueryClient()
  const notices = useNotices()
  const reload = (): Promise<unknown> => queries.invalidateQueries({ queryKey: keys.notifications })
  const found = useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam }) =>
      take(api.GET('/api/desk/v1/notifications', { params: { query: { limit: LIMIT, ...pageParam } } })),
    initialPageParam: {},
    getNextPageParam: ({ next }) => (next === null ? undefined : { after: next }),
    refetchInterval: () => (isLive.value ? false : POLL),
  })
  useEvents({ notification: reload, resumed: reload })

  async function read(which: Notification[] | 'all'): Promise<void> {
    const body = which === 'all' ? { all: true } : { all: false, ids: which.map((one) => one.id) }
    await take(api.POST('/api/desk/v1/notifications/read', { body })).then(reload).catch(notices.failed)
  }

  return {
    all: computed(() => found.data.value?.pages.flatMap((page) => page.data)),
    unread: computed(() => found.data.value?.pages[0]?.unread ?? 0),
    problem: computed(() => (found.data.value ? undefined : found.error.value)),
    hasOlder: found.hasNextPage,
    showOlder: () => found.fetchNextPage(),
    reload,
    read,
  }
}
