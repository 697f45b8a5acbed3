import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { useI18n } from 'vue-i18n'
import { api, ifMatch, take } from '@/api/client'
import { keys } from '@/api/keys'
import type { Agent, OneTimeLink, Role } from '@/api/types'
import { useNotices } from '@/shell/notices'

export interface AgentChange {
  name?: string
  role?: Role
  areas?: string[]
  is_active?: boolean
}

/** A link to hand on, and whom it is for. */
export interface Handout {
  kind: 'invitation' | 'reset'
  name: string
  link: OneTimeLink
}

/** Areas belong to area agents alone. */
export const areasFor = (role: Role, areas: string[]): string[] => (role === 'area_agent' ? areas : [])

export function changeAgent(agent: Agent, body: AgentChange): Promise<Agent> {
  const path = { id: agent.id }
  return take(api.PATCH('/api/desk/v1/agents/{id}', { params: { path }, body, ...ifMatch(`"${agent.version}"`) }))
}

export async function makeLink(agent: Agent, kind: Handout['kind']): Promise<Handout> {
  const params = { path: { id: agent.id } }
  const call =
    kind === 'invitation'
      ? api.POST('/api/desk/v1/agents/{id}/invitation', { params })
      : api.POST('/api/desk/v1/agents/{id}/reset', { params })
  return { kind, name: agent.name, link: await take(call) }
}

/** Takes somebody's access away or gives it back, with an undo in the notice. Call in setup. */
export function useAccess(): (agent: Agent, isActive: boolean) => void {
  const { t } = useI18n()
  const notices = useNotices()
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: ({ agent, isActive }: { agent: Agent; isActive: boolean }) =>
      changeAgent(agent, { is_active: isActive }),
    onSuccess: (changed, { isActive }) => {
      const text = isActive ? 'settings.people.activated' : 'settings.people.deactivated'
      notices.done(t(text, { name: changed.name }), () => mutate({ agent: changed, isActive: !isActive }))
    },
    onError: (problem) => notices.failed(problem),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.agents }),
  })
  return (agent, isActive) => mutate({ agent, isActive })
}
