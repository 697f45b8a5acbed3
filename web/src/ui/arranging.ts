/** The order of a list in which everything has a position, lower ones first and, of equals, the older first. */

export interface Arranged {
  id: string
  position: number
}

/** The ids with one of them put at another index, within the ends. */
export function moved(ids: readonly string[], id: string, to: number): string[] {
  const rest = ids.filter((one) => one !== id)
  if (rest.length === ids.length) return [...ids]
  rest.splice(Math.min(Math.max(to, 0), rest.length), 0, id)
  return rest
}

/** The things in this order; those that it does not name come last. */
export function inOrder<T extends Arranged>(things: readonly T[], ids: readonly string[] | undefined): T[] {
  if (!ids) return [...things]
  const places = new Map(ids.map((id, place) => [id, place]))
  const place = (thing: T): number => places.get(thing.id) ?? ids.length
  return [...things].sort((a, b) => place(a) - place(b))
}

/** Where something new goes: behind all others. */
export const lastPosition = (things: readonly Arranged[]): number =>
  Math.min(Math.max(0, ...things.map((thing) => thing.position + 1)), HIGHEST)

/** The API takes no higher one. */
const HIGHEST = 10_000
