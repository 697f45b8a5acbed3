import { computed, type Ref, watchEffect } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { View } from '@/api/types'
import { readChoice, writeChoice } from '@/shell/choices'
import { SORTS } from '@/ui/view-words'
import type { Sort } from './columns'
import { soughtIn } from './filter/reading'
import type { Asked } from './queue'

const FIRST_VIEW = 'all-open'
const CHOICE = 'view'

/**
 * What the address asks for: `?view=&query=&sort=`. Without a view it is the one that was open last; without an order
 * that of the view, or by relevance where words are to be found, as the API has it.
 */
export function useAsked(views: Ref<View[] | undefined>) {
  const route = useRoute()
  const router = useRouter()
  const viewId = computed(() => {
    const wanted = one(route.query['view']) || readChoice(CHOICE) || FIRST_VIEW
    const isThere = views.value?.some(({ id }) => id === wanted) ?? true
    return isThere ? wanted : FIRST_VIEW
  })
  const query = computed(() => one(route.query['query']))
  const wantedSort = computed(() => SORTS.find((sort) => sort === one(route.query['sort'])))
  const asked = computed<Asked>(() => ({ view: viewId.value, query: query.value, sort: wantedSort.value }))
  const view = computed(() => views.value?.find(({ id }) => id === viewId.value))
  const usualSort = computed<Sort>(() => (hasWords(query.value) ? 'relevance' : (view.value?.sort ?? '-updated')))
  const sort = computed<Sort>(() => wantedSort.value ?? usualSort.value)
  const wholeQuery = computed(() => [view.value?.query ?? '', query.value].filter(Boolean).join(' '))
  const sought = computed(() => soughtIn(wholeQuery.value))
  watchEffect(() => writeChoice(CHOICE, viewId.value))

  /** `isMore`: the last question goes on; going back leads to what was before it. */
  function ask(change: Partial<Asked>, isMore = false): void {
    const next = { ...asked.value, ...change }
    if (hasWords(next.query) !== hasWords(query.value)) next.sort = change.sort
    void router[isMore ? 'replace' : 'push']({
      name: 'queue',
      query: { view: next.view, ...(next.query && { query: next.query }), ...(next.sort && { sort: next.sort }) },
    })
  }
  return { asked, view, sort, wholeQuery, sought, ask }
}

const hasWords = (query: string): boolean => soughtIn(query).length > 0

const one = (value: unknown): string => (typeof value === 'string' ? value : '')
