import type { TagColor } from '@/ui/tag-looks'

/** Full colours for the picker, which shows nothing but them. */
export const TAG_SWATCHES: Record<TagColor, string> = {
  gray: 'bg-neutral-500',
  red: 'bg-red-600',
  orange: 'bg-orange-600',
  amber: 'bg-amber-500',
  green: 'bg-green-600',
  teal: 'bg-teal-600',
  blue: 'bg-blue-600',
  indigo: 'bg-indigo-600',
  purple: 'bg-purple-600',
  pink: 'bg-pink-600',
}
