/** `@Name` in a note, as the server reads it (core/mentions.py): where one is being written, and who may be meant. */

const MOST_SHOWN = 6
/** A name with its blanks; an `@` within a word or an address calls nobody. */
const BEGUN = /(?<![\p{L}\p{N}_@.])@(?<name>[^@\n]{0,60})$/u

/** A mention that is being written: where its `@` stands, and what follows it. */
export interface Begun {
  at: number
  name: string
}

/** The mention that ends at the caret, if one does. */
export function begunAt(text: string, caret: number): Begun | undefined {
  const found = BEGUN.exec(text.slice(0, caret))
  return found ? { at: found.index, name: found.groups?.['name'] ?? '' } : undefined
}

/** The names of which a word begins as it was written; those that begin so themselves come first. */
export function namesLike(written: string, names: string[]): string[] {
  const wanted = folded(written)
  const byName = [...new Set(names)].sort((one, other) => one.localeCompare(other))
  const first = byName.filter((name) => folded(name).startsWith(wanted))
  const others = byName.filter((name) => !first.includes(name) && folded(name).includes(` ${wanted}`))
  return [...first, ...others].slice(0, MOST_SHOWN)
}

/** The text with the whole name in place of what was begun, and where the caret then stands. */
export function completed(text: string, caret: number, begun: Begun, name: string): { text: string; caret: number } {
  const before = `${text.slice(0, begun.at)}@${name} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
