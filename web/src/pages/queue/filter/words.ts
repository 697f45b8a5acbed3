import type { Locale } from '@/i18n'
import { folded } from './reading'
import table from './words.json'

/** What a condition is about, in English: also its word in the filter language (core/query/words.py). */
export type Name = keyof typeof table

interface Entry {
  es: string
  values: Record<string, string>
}

export const NAMES = Object.keys(table) as Name[]
export const TIMES: ReadonlySet<Name> = new Set<Name>(['created', 'updated', 'due'])

/** A word in both languages, the reader's first. */
export type Pair = [own: string, other: string]

export const nameIn = (name: Name, locale: Locale): Pair => pair(name, table[name].es, locale)

/** The words of a closed list. */
export const valuesOf = (name: Name, locale: Locale): Pair[] =>
  Object.entries((table[name] as Entry).values).map(([english, spanish]) => pair(english, spanish, locale))

/** The name that a word stands for, in either language. */
export function named(word: string): Name | undefined {
  const [wanted] = folded(word)
  return NAMES.find((name) => [name, table[name].es].some((known) => folded(known)[0] === wanted))
}

const pair = (english: string, spanish: string, locale: Locale): Pair =>
  locale === 'es' ? [spanish, english] : [english, spanish]
