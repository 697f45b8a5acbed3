/** What this browser remembers without an account; storage may be off, then it forgets. */
const PREFIX = 'ventanilla.'

export function readChoice(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

export function writeChoice(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // Private windows of some browsers refuse; the choice then lasts as long as the page.
  }
}
