import { expect, test } from 'vitest'
import enAtOnce from './en'
import enLater from './en/later'
import esAtOnce from './es'
import esLater from './es/later'

const en = { ...enAtOnce, ...enLater }
const es = { ...esAtOnce, ...esLater }

type Texts = { [key: string]: string | Texts }

function flat(texts: Texts, path = ''): Array<[string, string]> {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

test('every text is there in both languages, with the same blanks to fill', () => {
  const spanish = new Map(flat(es))
  for (const [key, text] of flat(en)) {
    expect(spanish.has(key), key).toBe(true)
    expect(placeholders(spanish.get(key) ?? ''), key).toEqual(placeholders(text))
    expect(text.trim(), key).not.toBe('')
  }
  expect(spanish.size).toBe(flat(en).length)
})
