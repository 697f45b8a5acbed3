import { useQuery } from '@tanstack/vue-query'
import { type ComputedRef, computed, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { api, take } from '@/api/client'
import { Problem } from '@/api/problem'
import type { LinkFound } from '@/api/types'

export interface OneTime {
  token: string
  link: Ref<LinkFound | undefined>
  isGone: ComputedRef<boolean>
  error: ComputedRef<Error | null>
  again: () => void
}

/** The one-time link that led here. Its token stands in the fragment, so that no server and no log sees it. */
export function useOneTimeLink(kind: LinkFound['kind']): OneTime {
  const token = new URLSearchParams(useRoute().hash.slice(1)).get('token') ?? ''
  const { data, error, refetch } = useQuery({
    queryKey: ['link', token],
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => take(api.POST('/api/desk/v1/links/check', { body: { token } })),
  })
  const isUnknown = computed(() => error.value instanceof Problem && [404, 422].includes(error.value.status))
  return {
    token,
    link: data,
    isGone: computed(() => token === '' || isUnknown.value || (data.value !== undefined && data.value.kind !== kind)),
    error: computed(() => error.value),
    again: () => void refetch(),
  }
}
