import type { View } from '@/api/types'

/** The words of the API for what a view may have, in the order of a menu. */
export const SORTS = [
  ...(['relevance', '-updated', 'updated', '-created', 'created', 'due', '-priority', 'number', '-number'] as const),
] satisfies Array<View['sort']>
export const COLUMNS = [
  ...(['number', 'subject', 'requester', 'area', 'assignee', 'status', 'priority'] as const),
  ...(['sla', 'updated', 'created', 'channel', 'category', 'tags'] as const),
] satisfies Array<View['columns'][number]>

/** The words that the API has for the pictures of views. */
const VIEW_ICONS: Record<string, `i-lucide-${string}`> = {
  user: 'i-lucide-user',
  users: 'i-lucide-users',
  inbox: 'i-lucide-inbox',
  alert: 'i-lucide-alarm-clock-off',
  clock: 'i-lucide-alarm-clock',
  list: 'i-lucide-list',
  moon: 'i-lucide-moon',
  check: 'i-lucide-circle-check',
  archive: 'i-lucide-archive',
  plug: 'i-lucide-plug',
  bolt: 'i-lucide-zap',
}

export const viewIcon = (word: string): `i-lucide-${string}` => VIEW_ICONS[word] ?? 'i-lucide-bookmark'
