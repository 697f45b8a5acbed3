import { type UseQueryReturnType, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { locale } from '@/i18n'
import { api, take } from './client'
import { keys } from './keys'
import type { Problem } from './problem'
import type { Agent, CustomField, Macro, Tag, View } from './types'

/** Lists that are short enough to be had whole, and that several pages show. */

/** 5,000 tags, the most of anything. */
const MOST_PAGES = 25
const LIMIT = 200

interface Page<T> {
  data: T[]
  next: string | null
}

export const useMacros = (): UseQueryReturnType<Macro[], Problem> =>
  useQuery({
    queryKey: [...keys.macros, 'whole'],
    queryFn: () => whole((query) => take(api.GET('/api/desk/v1/macros', { params: { query } }))),
  })

export const useFields = (): UseQueryReturnType<CustomField[], Problem> =>
  useQuery({
    queryKey: [...keys.fields, 'whole'],
    queryFn: () => whole((query) => take(api.GET('/api/desk/v1/fields', { params: { query } }))),
  })

/** Without how often each is used. */
export const useTags = (): UseQueryReturnType<Tag[], Problem> =>
  useQuery({
    queryKey: [...keys.tags, 'whole'],
    queryFn: () =>
      whole((query) => take(api.GET('/api/desk/v1/tags', { params: { query: { ...query, uses: false } } }))),
    staleTime: 60_000,
  })

/** In the order of the sidebar; built-in ones have names in the language on screen. */
export const useViewList = (): UseQueryReturnType<View[], Problem> =>
  useQuery({
    queryKey: computed(() => [...keys.views, locale.value]),
    queryFn: () => whole((query) => take(api.GET('/api/desk/v1/views', { params: { query } }))),
  })

/** Who is on the staff, also those who have not come yet. */
export const useAgents = (): UseQueryReturnType<Agent[], Problem> =>
  useQuery({
    queryKey: [...keys.agents, 'whole'],
    queryFn: () => whole((query) => take(api.GET('/api/desk/v1/agents', { params: { query } }))),
  })

/** Asks for page after page. */
export async function whole<T>(ask: (query: { limit: number; after?: string }) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data, next }: Page<T> = await ask({ limit: LIMIT, ...(after && { after }) })
    found.push(...data)
    if (next === null) break
    after = next
  }
  return found
}
