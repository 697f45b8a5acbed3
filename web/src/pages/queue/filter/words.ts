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

/** What a term about a moment asks for, in words: the name of a period, or what no period is short for. */
export type Sense = 'newer_than' | 'older_than' | 'changed_within' | 'unchanged_for' | 'due_within' | 'due_after'

const AFTER = { created: 'newer_than', updated: 'changed_within', due: 'due_after' } as const
const BEFORE = { created: 'older_than', updated: 'unchanged_for', due: 'due_within' } as const
const PERIODS: readonly string[] = [...Object.values(AFTER), ...Object.values(BEFORE)]

/** Whether a comparison is written behind a name. */
export const isCompared = (name: Name): name is keyof typeof AFTER => name in AFTER

/** What a name and its operator ask for; nothing where they are not about a moment. */
export function senseOf(name: Name, operator: string): Sense | undefined {
  if (isPeriod(name)) return operator === ':' ? name : undefined
  if (!isCompared(name)) return undefined
  return operator.startsWith('>') ? AFTER[name] : BEFORE[name]
}

const isPeriod = (name: Name): name is Exclude<Sense, 'due_after'> & Name => PERIODS.includes(name)

/** A word in both languages, the reader's first. */
export type Pair = [own: string, other: string]

export const nameIn = (name: Name, locale: Locale): Pair => pair(name, table[name].es, locale)

/** The words of a closed list. */
export const valuesOf = (name: Name, locale: Locale): Pair[] =>
  Object.entries((table[name] as Entry).values).map(([english, spanish]) => pair(english, spanish, locale))

/** The name that a word stands for, in either language. */
export function named(word: string): Name | undefined {
  const wanted = folded(word).join('_')
  return NAMES.find((name) => [name, table[name].es].some((known) => folded(known).join('_') === wanted))
}

const pair = (english: string, spanish: string, locale: Locale): Pair =>
  locale === 'es' ? [spanish, english] : [english, spanish]
