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
