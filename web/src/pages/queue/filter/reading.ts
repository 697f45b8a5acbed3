/** The filter language as the server reads it (core/query/reading.py), as far as the page has to know. */

/** In quotes, a backslash stands before a quotation mark and before itself. */
const QUOTED = /(?:\\["\\]|\\(?!["\\])|[^"\\])*/.source
const TERM = new RegExp(
  `(?<minus>-)?(?:(?<name>\\p{L}[\\p{L}\\p{N}_.]*)(?:<=|>=|[:<>])(?<values>(?:"${QUOTED}"|[^\\s"])*)|"(?<phrase>${QUOTED})"?|(?<word>[^\\s"]+))`,
  'gu',
)

/** A value as it is written in quotes, whatever is in it. */
export const inQuotes = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`

/** The words of a query that are looked for in texts: one, or several that stand one behind the other. */
export interface Sought {
  words: string[]
  /** Unless it is whole, the last word may be the beginning of a longer one. */
  isWhole: boolean
}

const SHORTEST_PREFIX = 3
/** What stands between words once they are folded (core/search.py). */
const BETWEEN = /[^\p{L}\p{N}]+/u

/** The words of a text as they are compared: without case and accents. */
export const folded = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]+/g, '')
    .split(BETWEEN)
    .filter(Boolean)

/** What a query looks for; what a minus leaves out is not found anywhere. */
export function soughtIn(query: string): Sought[] {
  return [...query.matchAll(TERM)].flatMap(({ 0: text, groups = {} }) => {
    const { minus, name, values, phrase, word } = groups
    const isCondition = name !== undefined && !values?.startsWith('//')
    const words = folded(phrase ?? word ?? text)
    return minus || isCondition || words.length === 0 ? [] : [{ words, isWhole: phrase !== undefined }]
  })
}

/** Tells whether a folded word of a text is the one that stands at `place` of what is sought. */
export function isAt(sought: Sought, place: number, word: string): boolean {
  const wanted = sought.words[place] ?? ''
  const isOpen = !sought.isWhole && place === sought.words.length - 1 && wanted.length >= SHORTEST_PREFIX
  return isOpen ? word.startsWith(wanted) : word === wanted
}
