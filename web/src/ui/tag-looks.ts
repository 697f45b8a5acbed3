import type { Tag } from '@/api/types'

export type TagColor = Tag['color']

/** The palette, in the order of the picker. Light text on dark ground and the other way round: each passes AA. */
export const TAG_LOOKS: Record<TagColor, string> = {
  gray: 'bg-neutral-200 text-neutral-800 dark:bg-neutral-700 dark:text-neutral-100',
  red: 'bg-red-100 text-red-900 dark:bg-red-900 dark:text-red-100',
  orange: 'bg-orange-100 text-orange-900 dark:bg-orange-900 dark:text-orange-100',
  amber: 'bg-amber-100 text-amber-950 dark:bg-amber-900 dark:text-amber-100',
  green: 'bg-green-100 text-green-950 dark:bg-green-900 dark:text-green-100',
  teal: 'bg-teal-100 text-teal-950 dark:bg-teal-900 dark:text-teal-100',
  blue: 'bg-blue-100 text-blue-900 dark:bg-blue-900 dark:text-blue-100',
  indigo: 'bg-indigo-100 text-indigo-900 dark:bg-indigo-900 dark:text-indigo-100',
  purple: 'bg-purple-100 text-purple-900 dark:bg-purple-900 dark:text-purple-100',
  pink: 'bg-pink-100 text-pink-900 dark:bg-pink-900 dark:text-pink-100',
}
export const TAG_COLORS = Object.keys(TAG_LOOKS) as TagColor[]
