import { api, ifMatch, take } from '@/api/client'
import type { Tag } from '@/api/types'
import { inQuotes } from '@/pages/queue/filter/reading'

export type TagForm = Pick<Tag, 'name' | 'color'>

/** How far the API counts. */
export const MOST_COUNTED = 5_000

export const tagPage = (prefix: string, after: string) =>
  take(api.GET('/api/desk/v1/tags', { params: { query: { prefix, limit: 100, ...(after && { after }) } } }))

export const addTag = (body: TagForm): Promise<Tag> => take(api.POST('/api/desk/v1/tags', { body }))

export const changeTag = (id: string, version: number, body: TagForm): Promise<Tag> =>
  take(api.PATCH('/api/desk/v1/tags/{id}', { params: { path: { id } }, body, ...ifMatch(`"${version}"`) }))

export const removeTag = ({ id, version }: Tag): Promise<unknown> =>
  take(api.DELETE('/api/desk/v1/tags/{id}', { params: { path: { id } }, ...ifMatch(`"${version}"`) }))

export const loadTag = ({ id }: Tag): Promise<Tag> =>
  take(api.GET('/api/desk/v1/tags/{id}', { params: { path: { id } } }))

/** The filter that finds the tickets of a tag. */
export const filterFor = (name: string): string => `tag:${inQuotes(name)}`
