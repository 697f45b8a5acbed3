/** Which tickets are on screen, and in what order: what comes in later must not move the row under the cursor. */

export interface Order {
  /** The ids as they are shown. */
  shown: number[]
  /** Ids that came in since and wait to be let in. */
  waiting: number[]
}

/** Everything as it came. */
export const asItCame = (ids: readonly number[]): Order => ({ shown: [...ids], waiting: [] })

export const without = ({ shown, waiting }: Order, id: number): Order => ({
  shown: shown.filter((one) => one !== id),
  waiting: waiting.filter((one) => one !== id),
})

/** After a change of one's own: what left is gone, what is known stands where it stood, what is new comes in between. */
export function settled(shown: readonly number[], ids: readonly number[]): Order {
  const left = new Set(ids)
  const known = new Set(shown)
  const now = shown.filter((id) => left.has(id))
  ids.forEach((id, index) => {
    if (known.has(id)) return
    now.splice(index === 0 ? 0 : now.indexOf(ids[index - 1] as number) + 1, 0, id)
  })
  return asItCame(now)
}

/**
 * Keeps the shown order when the list comes anew. Tickets above or between the known ones wait; those below the last
 * known one only make the list longer.
 */
export function merged(shown: readonly number[], ids: readonly number[]): Order {
  const known = new Set(shown)
  const last = ids.findLastIndex((id) => known.has(id))
  if (last < 0) return shown.length === 0 ? asItCame(ids) : { shown: [...shown], waiting: [...ids] }
  return {
    shown: [...shown, ...ids.slice(last + 1)],
    waiting: ids.slice(0, last).filter((id) => !known.has(id)),
  }
}
