import { type ComputedRef, computed } from 'vue'
import { useMe } from '@/api/me'
import type { Kept } from '@/pages/ticket/drafts'
import { inHand, unsent } from '@/pages/ticket/pending'
import { keptText, namesOf, textChanges } from './kept-texts'

const ENDING = /\.unsent$/

/** How many messages of the caller's were not sent, by the ticket they belong to. Call in setup. */
export function useUnsent(): ComputedRef<ReadonlyMap<string, number>> {
  const { me } = useMe()
  return computed(() => {
    const found = new Map<string, number>()
    if (!me.value || textChanges.value < 0) return found
    const start = `${me.value.id}.`
    for (const name of namesOf(me.value.id)) {
      const ticket = name.slice(start.length).replace(ENDING, '')
      const count = countIn(name)
      if (count) found.set(ticket, (found.get(ticket) ?? 0) + count)
    }
    return found
  })
}

/** Those that this page has in hand go out by themselves; what was taken back is a draft. */
function countIn(name: string): number {
  if (ENDING.test(name)) {
    return unsent.of(name.replace(ENDING, '')).filter(({ key, isUndone }) => !isUndone && !inHand.has(key)).length
  }
  return Object.keys(keptText<Kept>(name)?.tried ?? {}).length
}
