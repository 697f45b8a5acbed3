/** What can be meant by the term that is being written: names of the filter language, and values of a name. */
import type { Locale } from '@/i18n'
import { folded, inQuotes } from './reading'
import { isCompared, NAMES, type Name, named, nameIn, type Pair, type Sense, senseOf, valuesOf } from './words'

/** What this desk has. */
export interface Lists {
  areas: readonly string[]
  people: readonly string[]
  tags: readonly string[]
  fields: ReadonlyArray<{ key: string; name: string; choices: readonly string[] }>
}
export interface Suggestion {
  /** What is written in the place of what stands from `begin` to the caret. */
  text: string
  begin: number
  /** The name that it is, for a word of explanation; nothing for a value. */
  name?: Name
  /** An explanation of its own. */
  hint?: string
  /** What a span of time asks for behind its name, and the span in words. */
  sense?: { means: Sense; span: string }
}
interface Term {
  begin: number
  text: string
}

const MOST = 8
const CONDITION = /^-?(?<word>\p{L}[\p{L}\p{N}_.]*)(?<operator><=|>=|[:<>])(?<values>.*)$/su
/** What may become a name. */
const NAME = /^\p{L}[\p{L}\p{N}_.]*$/u
const DISTANCES: ReadonlyArray<[text: string, size: number, unit: 'hour' | 'day']> = [
  ['2h', 2, 'hour'],
  ['24h', 24, 'hour'],
  ['7d', 7, 'day'],
  ['30d', 30, 'day'],
]

/** `isAsked`: also when nothing has been written yet. */
export function suggestions(written: string, locale: Locale, lists: Lists, isAsked: boolean): Suggestion[] {
  const term = lastTerm(written)
  const { word, operator, values } = CONDITION.exec(term.text)?.groups ?? {}
  if (word !== undefined && operator !== undefined && values !== undefined)
    return valuesFor(word, operator, values, written.length, locale, lists)
  const start = term.text.replace(/^-/, '')
  if (start === '' ? !isAsked : !NAME.test(start)) return []
  return namesFor(start, written.length - start.length, locale, lists)
}

/** The text with the suggestion in it, and where the caret is then. `rest` is what stands behind the caret. */
export function completed(written: string, rest: string, one: Suggestion): { text: string; caret: number } {
  const before = written.slice(0, one.begin) + one.text + (one.name || /^\s/.test(rest) ? '' : ' ')
  return { text: before + rest, caret: before.length }
}

/** What has been written since the last blank outside of quotes. */
function lastTerm(written: string): Term {
  const begin = lastOutside(written, /\s/)
  return { begin, text: written.slice(begin) }
}

function lastOutside(text: string, wanted: RegExp): number {
  let begin = 0
  let isQuoted = false
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index)
    if (isQuoted && sign === '\\' && /["\\]/.test(text.charAt(index + 1))) index += 1
    else if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && wanted.test(sign)) begin = index + 1
  }
  return begin
}

function namesFor(start: string, begin: number, locale: Locale, lists: Lists): Suggestion[] {
  const plain = NAMES.filter((name) => name !== 'field').flatMap((name) => {
    const word = wordFor(nameIn(name, locale), start)
    return word ? [{ text: word + (isCompared(name) ? '>' : ':'), begin, name }] : []
  })
  const custom = lists.fields.flatMap(({ key, name }) => {
    const word = wordFor([`${nameIn('field', locale)[0]}.${key}`, `${nameIn('field', locale)[1]}.${key}`], start)
    return word ? [{ text: `${word}:`, begin, name: 'field' as const, hint: name }] : []
  })
  return [...plain, ...custom]
}

function valuesFor(
  word: string,
  operator: string,
  values: string,
  end: number,
  locale: Locale,
  lists: Lists,
): Suggestion[] {
  const [head = '', key] = word.split('.')
  const name = named(head)
  if (!name) return []
  const start = values.slice(lastOutside(values, /,/))
  const begin = end - start.length
  const means = senseOf(name, operator)
  if (means) return distances(means, start, begin, locale)
  const listed = valuesOf(name, locale).flatMap((pair) => wordFor(pair, start) ?? [])
  const known = knownValues(name, key, lists).filter((value) => begins(value, start))
  return [...new Set([...listed, ...known])].slice(0, MOST).map((text) => ({ text: written(text), begin }))
}

function knownValues(name: Name, key: string | undefined, lists: Lists): readonly string[] {
  if (name === 'area') return lists.areas
  if (name === 'tag') return lists.tags
  if (name === 'assignee') return lists.people
  if (name === 'field') return lists.fields.find((field) => field.key === key)?.choices ?? []
  return []
}

function distances(means: Sense, start: string, begin: number, locale: Locale): Suggestion[] {
  return DISTANCES.filter(([text]) => text.startsWith(start.toLowerCase())).map(([text, size, unit]) => {
    const span = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(size)
    return { text, begin, sense: { means, span } }
  })
}

/** The word of the pair that is being written: the reader's, unless only the other begins so. */
const wordFor = (pair: Pair, start: string): string | undefined => pair.find((word) => begins(word, start))

/** Whether one of the words of a text begins as it is written. */
const begins = (text: string, start: string): boolean =>
  ` ${folded(text).join(' ')}`.includes(` ${folded(start).join(' ')}`)

const written = (value: string): string => (/[\s,"]/.test(value) ? inQuotes(value) : value)
