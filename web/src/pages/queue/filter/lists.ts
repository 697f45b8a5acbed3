import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, take } from '@/api/client'
import { keys } from '@/api/keys'
import type { Lists } from './suggesting'

/** The areas, people, tags and fields of this desk, asked for when the filter is first written. */
export function useLists(enabled: Ref<boolean>): Ref<Lists> {
  const areas = useQuery({ queryKey: keys.areas, queryFn: () => take(api.GET('/api/desk/v1/areas')), enabled })
  const people = useQuery({ queryKey: keys.agents, queryFn: () => take(api.GET('/api/desk/v1/agents')), enabled })
  const tags = useQuery({ queryKey: keys.tags, queryFn: () => take(api.GET('/api/desk/v1/tags')), enabled })
  const fields = useQuery({ queryKey: keys.fields, queryFn: () => take(api.GET('/api/desk/v1/fields')), enabled })
  return computed(() => ({
    areas: areas.data.value?.data.map(({ name }) => name) ?? [],
    people: people.data.value?.data.map(({ name }) => name) ?? [],
    tags: tags.data.value?.data.map(({ name }) => name) ?? [],
    fields: fields.data.value?.data.filter((field) => field.is_active) ?? [],
  }))
}
