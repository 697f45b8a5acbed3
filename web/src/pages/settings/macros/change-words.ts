import { useI18n } from 'vue-i18n'
import { useAgents } from '@/api/lists'
import type { Change } from './macros'

/** What a macro changes, as a list of short sentences. Call in setup. */
export function useChangeWords(): (change: Change) => string[] {
  const { t } = useI18n()
  const agents = useAgents()

  function assignee(id: string): string {
    if (id === 'me') return t('macros.whoeverUses')
    return agents.data.value?.find((agent) => agent.id === id)?.name ?? t('macros.somebodyGone')
  }
  return ({ status, priority, area, assignee_id: id, tags_add: tags }) => [
    ...(status ? [t(`queue.statuses.${status}`)] : []),
    ...(priority ? [`${t('queue.columns.priority')}: ${t(`queue.priorities.${priority}`)}`] : []),
    ...(area ? [`${t('queue.columns.area')}: ${area}`] : []),
    ...(id ? [`${t('queue.columns.assignee')}: ${assignee(id)}`] : []),
    ...(tags ?? []).map((tag) => `+ ${tag}`),
  ]
}
