/** What was written and the server may not have yet, kept by the browser as it is typed. Its storage may be full or off. */
const PREFIX = 'ventanilla.text.'
/** What storage refused: it lasts as long as the page, and whoever leaves the page is warned. */
const refused = new Map<string, string>()

/** To be done before somebody signs out, while the server still knows them. */
export const beforeSignOut = new Set<() => Promise<unknown>>()

export function keepText(name: string, value: object): void {
  const text = JSON.stringify(value)
  try {
    localStorage.setItem(PREFIX + name, text)
    refused.delete(name)
  } catch {
    refused.set(name, text)
  }
}

export function keptText<T>(name: string): T | undefined {
  try {
    const text = refused.get(name) ?? localStorage.getItem(PREFIX + name)
    return text ? (JSON.parse(text) as T) : undefined
  } catch {
    return undefined
  }
}

export function forgetText(name: string): void {
  refused.delete(name)
  try {
    localStorage.removeItem(PREFIX + name)
  } catch {
    // Where storage is off there is nothing to remove.
  }
}

addEventListener('beforeunload', (event) => {
  if (refused.size) event.preventDefault()
})
