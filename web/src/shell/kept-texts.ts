import { ref } from 'vue'

/** What was written and the server may not have yet, kept by the browser as it is typed. Its storage may be full or off. */
const PREFIX = 'ventanilla.text.'
/** What storage refused: it lasts as long as the page, and whoever leaves the page is warned. */
const refused = new Map<string, string>()

/** Counts what is kept and forgotten here. */
export const textChanges = ref(0)
const changed = (): void => {
  textChanges.value += 1
}
// Another tab of the same browser keeps texts too.
addEventListener('storage', changed)

/** To be done before somebody signs out, in this order, while the server still knows them. */
export const beforeSignOut = new Set<() => Promise<unknown>>()

export function keepText(name: string, value: object): void {
  const text = JSON.stringify(value)
  try {
    localStorage.setItem(PREFIX + name, text)
    refused.delete(name)
  } catch {
    refused.set(name, text)
  }
  changed()
}

export function keptText<T>(name: string): T | undefined {
  try {
    const text = refused.get(name) ?? localStorage.getItem(PREFIX + name)
    return text ? (JSON.parse(text) as T) : undefined
  } catch {
    return undefined
  }
}

/** How many texts of an agent are here that the desk does not have: all but those that say that they are `isSaved`. */
export const countUnsaved = (agent: string): number =>
  namesOf(agent).filter((name) => !keptText<{ isSaved?: boolean }>(name)?.isSaved).length

export function forgetTextsOf(agent: string): void {
  for (const name of namesOf(agent)) forgetText(name)
}

/** A name begins with the id of the agent whose text it is. */
export function namesOf(agent: string): string[] {
  const isTheirs = (name: string): boolean => name.startsWith(`${agent}.`)
  try {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    return [...new Set([...kept.map((key) => key.slice(PREFIX.length)), ...refused.keys()])].filter(isTheirs)
  } catch {
    return [...refused.keys()].filter(isTheirs)
  }
}

export function forgetText(name: string): void {
  refused.delete(name)
  try {
    localStorage.removeItem(PREFIX + name)
  } catch {
    // Where storage is off there is nothing to remove.
  }
  changed()
}

addEventListener('beforeunload', (event) => {
  if (refused.size) event.preventDefault()
})
