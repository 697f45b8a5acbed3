import { useQueryClient } from '@tanstack/vue-query'
import { type ComputedRef, computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ifMatch, take } from '@/api/client'
import { keys } from '@/api/keys'
import { useViewList } from '@/api/lists'
import { useMe } from '@/api/me'
import type { View } from '@/api/types'
import { useArranging } from '../arranging'
import { useNotices } from '../notices'
import { useRemoval } from '../removal'

export type ViewForm = Pick<View, 'name' | 'query' | 'sort' | 'columns' | 'is_shared'>

export const formOf = ({ name, query, sort, columns, is_shared }: View): ViewForm => ({
  ...{ name, query, sort, is_shared },
  columns: [...columns],
})

/** What was removed comes back; of what is shared, also whose it is. */
function restoreView(view: View): Promise<View> {
  const { icon, position, is_shared, maker_id } = view
  const body = { ...formOf(view), icon, position, ...(is_shared && maker_id && { maker_id }) }
  return take(api.POST('/api/desk/v1/views', { body }))
}

export function changeView(view: string, version: number, body: Partial<ViewForm>) {
  return take(api.PATCH('/api/desk/v1/views/{view}', { params: { path: { view } }, body, ...ifMatch(`"${version}"`) }))
}

const arrangeViews = (ids: string[]): Promise<unknown> => take(api.PUT('/api/desk/v1/views/order', { body: { ids } }))

export const loadView = ({ id }: View): Promise<View> =>
  take(api.GET('/api/desk/v1/views/{view}', { params: { path: { view: id } } }))

const removeView = ({ id, version }: View): Promise<unknown> =>
  take(api.DELETE('/api/desk/v1/views/{view}', { params: { path: { view: id } }, ...ifMatch(`"${version}"`) }))

export interface ViewGroup {
  isShared: boolean
  mayChange: () => boolean
  shown: ComputedRef<View[]>
  move: (id: string, to: number) => void
}

/** The views that are not built in, shared and own, and what can be done with them. Call in setup. */
export function useSavedViews() {
  const { t } = useI18n()
  const { may } = useMe()
  const notices = useNotices()
  const queries = useQueryClient()
  const { data, error, refetch } = useViewList()
  const views = computed(() => data.value?.filter((view) => !view.is_builtin))
  const reload = useReload()

  const group = (isShared: boolean): ViewGroup => ({
    isShared,
    mayChange: () => !isShared || may('manage_shared_views'),
    ...useArranging({
      list: () => (views.value ?? []).filter((view) => view.is_shared === isShared),
      save: arrangeViews,
      reload: () => queries.invalidateQueries({ queryKey: keys.views }),
    }),
  })
  const groups: [ViewGroup, ViewGroup] = [group(true), group(false)]
  const groupOf = (view: View): ViewGroup => groups[view.is_shared ? 0 : 1]

  async function share(view: View, isShared: boolean): Promise<void> {
    try {
      const changed = await changeView(view.id, view.version, { is_shared: isShared })
      const text = t(isShared ? 'views.shared' : 'views.unshared', { name: view.name })
      notices.done(text, () => share(changed, !isShared))
    } catch (problem) {
      notices.failed(problem)
    } finally {
      await reload()
    }
  }
  const remove = useRemoval<View>({ remove: removeView, restore: restoreView, reload })

  return { views, error, refetch, groups, groupOf, share, remove }
}

/** Asks anew for the views and for what is in them. Call in setup. */
export function useReload(): () => Promise<unknown> {
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keys.views }),
      queries.invalidateQueries({ queryKey: keys.counts }),
    ])
}
