/** What can be meant by the term that is being written: names of the filter language, and values of a name. */
import type { Locale } from '@/i18n'
import { folded } from './reading'
import { NAMES, type Name, named, nameIn, type Pair, TIMES, valuesOf } from './words'

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
}
interface Term {
  begin: number
  text: string
}

const MOST = 8
const CONDITION = /^-?(?<word>\p{L}[\p{L}\p{N}_.]*)(?:<=|>=|[:<>])(?<values>.*)$/su
/** What may become a name. */
const NAME = /^\p{L}[\p{L}\p{N}_.]*$/u
const DISTANCES: ReadonlyArray<[string, number, Intl.RelativeTimeFormatUnit]> = [
  ['2h', 2, 'hour'],
  ['24h', 24, 'hour'],
  ['7d', 7, 'day'],
  ['30d', 30, 'day'],
]

/** `isAsked`: also when nothing has been written yet. */
export function suggestions(written: string, locale: Locale, lists: Lists, isAsked: boolean): Suggestion[] {
  const term = lastTerm(written)
  const { word, values } = CONDITION.exec(term.text)?.groups ?? {}
  if (word !== undefined && values !== undefined) return valuesFor(word, values, written.length, locale, lists)
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
    if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && wanted.test(sign)) begin = index + 1
  }
  return begin
}

function namesFor(start: string, begin: number, locale: Locale, lists: Lists): Suggestion[] {
  const plain = NAMES.filter((name) => name !== 'field').flatMap((name) => {
    const word = wordFor(nameIn(name, locale), start)
    return word ? [{ text: word + (TIMES.has(name) ? '>' : ':'), begin, name }] : []
  })
  const custom = lists.fields.flatMap(({ key, name }) => {
    const word = wordFor([`${nameIn('field', locale)[0]}.${key}`, `${nameIn('field', locale)[1]}.${key}`], start)
    return word ? [{ text: `${word}:`, begin, name: 'field' as const, hint: name }] : []
  })
  return [...plain, ...custom]
}

function valuesFor(word: string, values: string, end: number, locale: Locale, lists: Lists): Suggestion[] {
  const [head = '', key] = word.split('.')
  const name = named(head)
  if (!name) return []
  const start = values.slice(lastOutside(values, /,/))
  const begin = end - start.length
  if (TIMES.has(name)) return distances(name, start, begin, locale)
  const listed = valuesOf(name, locale).flatMap((pair) => wordFor(pair, start) ?? [])
  const known = knownValues(name, key, lists).filter((value) => begins(value, start))
  return [...new Set([...listed, ...known])].slice(0, MOST).map((text) => ({ text: quoted(text), begin }))
}

function knownValues(name: Name, key: string | undefined, lists: Lists): readonly string[] {
  if (name === 'area') return lists.areas
  if (name === 'tag') return lists.tags
  if (name === 'assignee') return lists.people
  if (name === 'field') return lists.fields.find((field) => field.key === key)?.choices ?? []
  return []
}

function distances(name: Name, start: string, begin: number, locale: Locale): Suggestion[] {
  const ago = new Intl.RelativeTimeFormat(locale)
  return DISTANCES.filter(([text]) => text.startsWith(start.toLowerCase())).map(([text, size, unit]) => ({
    text,
    begin,
    hint: ago.format(name === 'due' ? size : -size, unit),
  }))
}

/** The word of the pair that is being written: the reader's, unless only the other begins so. */
const wordFor = (pair: Pair, start: string): string | undefined => pair.find((word) => begins(word, start))

/** Whether one of the words of a text begins as it is written. */
const begins = (text: string, start: string): boolean =>
  ` ${folded(text).join(' ')}`.includes(` ${folded(start).join(' ')}`)

const quoted = (value: string): string => (/[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value)
