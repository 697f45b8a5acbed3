import { type InjectionKey, inject, provide, type ShallowRef, shallowRef } from 'vue'
import type { Attachment, Entry, Ticket } from '@/api/types'

const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

export const isPicture = (file: Pick<Attachment, 'media_type'>): boolean => SHOWN.has(file.media_type)

/** All pictures of a ticket and of what was merged into it, oldest first. */
export function picturesOf(ticket: Pick<Ticket, 'attachments'>, entries: Array<Pick<Entry, 'attachments'>>) {
  const files = [...ticket.attachments, ...entries.flatMap((entry) => entry.attachments)].filter(isPicture)
  return [...new Map(files.map((file) => [file.id, file])).values()].sort((one, other) => one.id - other.id)
}

const KEY: InjectionKey<ShallowRef<Attachment | undefined>> = Symbol('picture')

/** Holds the picture that is looked at, for the files below. Call in setup. */
export function providePicture(): ShallowRef<Attachment | undefined> {
  const picture = shallowRef<Attachment>()
  provide(KEY, picture)
  return picture
}

export function usePicture(): ShallowRef<Attachment | undefined> {
  const picture = inject(KEY)
  if (!picture) throw new Error('no ticket here')
  return picture
}
