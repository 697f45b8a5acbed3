import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { type ComputedRef, computed, type Ref } from 'vue'
import { api, take } from '@/api/client'
import { keys } from '@/api/keys'
import type { TicketList } from '@/api/types'
import type { Asked } from './queue'

/** How many tickets a filter finds, counted up to 5,000; nothing while none is asked for. Call in setup. */
export function useFoundCount(asked: Ref<Asked>): ComputedRef<TicketList['total'] | undefined> {
  const wanted = computed(() => ({ view: asked.value.view, query: asked.value.query }))
  const isFiltered = computed(() => wanted.value.query !== '')
  const found = useQuery({
    queryKey: computed(() => [...keys.counts, 'found', wanted.value] as const),
    queryFn: ({ queryKey }) =>
      take(api.GET('/api/desk/v1/tickets', { params: { query: { ...queryKey[2], limit: 1, count: true } } })),
    enabled: isFiltered,
    placeholderData: keepPreviousData,
  })
  return computed(() => (isFiltered.value && !found.error.value ? found.data.value?.total : undefined))
}
