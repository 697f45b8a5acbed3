/** The list that an agent came from to a ticket, for the way on to the next one. It lasts as long as the page. */
import { computed, shallowRef } from 'vue'
import { type Asked, ticketPage } from '@/api/ticket-pages'

export interface Trail {
  /** The name of the view. */
  view: string
  asked: Asked
  /** Of the tickets as they stood in the list. */
  labels: readonly string[]
  /** Where the list goes on; empty at its end. */
  after: string
}

const trail = shallowRef<Trail>()
/** The ticket of the list that was open last: links lead away from it, and the way goes on from there. */
const here = shallowRef('')

export function beginTrail(begun: Trail): void {
  trail.value = begun.labels.length ? begun : undefined
  here.value = ''
}

/** To be told of each ticket that is opened. */
export function stepOnTrail(label: string): void {
  if (trail.value?.labels.includes(label)) here.value = label
}

/** The list with the place in it, from 1; 0 before anything of it was open; undefined where nobody came from a list. */
export const place = computed(() => trail.value && { ...trail.value, at: trail.value.labels.indexOf(here.value) + 1 })

/** The label of the ticket before or behind, of which there may be none. Raises Problem when the list cannot be had. */
export async function nextOnTrail(by: 1 | -1): Promise<string | undefined> {
  const found = place.value
  if (!found) return undefined
  if (by > 0 && found.at === found.labels.length && found.after) await goOn(found)
  return trail.value?.labels[found.at - 1 + by]
}

async function goOn({ view, asked, labels, after }: Trail): Promise<void> {
  const { data, next } = await ticketPage(asked, after)
  const more = data.map((row) => row.label).filter((label) => !labels.includes(label))
  trail.value = { view, asked, labels: [...labels, ...more], after: next ?? '' }
}
