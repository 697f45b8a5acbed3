import { expect, test } from 'vitest'
import { near, pieces } from './marking'
import { inQuotes, soughtIn } from './reading'

test.each([
  ['router', [['router']]],
  ['status:open Router area:"Mesa de Ayuda"', [['router']]],
  ['-router "Luz roja"', [['luz', 'roja']]],
  ['ana@example.org', [['ana', 'example', 'org']]],
  ['https://a.example/x', [['https', 'a', 'example', 'x']]],
  ['año:2026 -"b c"', []],
  ['"never closed', [['never', 'closed']]],
  ['10:30', [['10', '30']]],
  ['… !', []],
])('%s looks for %j', (query, words) => {
  expect(soughtIn(query).map((one) => one.words)).toEqual(words)
})

test('in quotes a text may hold quotation marks', () => {
  expect(inQuotes('5" a\\b')).toBe('"5\\" a\\\\b"')
  expect(soughtIn(`tag:${inQuotes('5" pipe')} ${inQuotes('a 5" pipe')} router`).map((one) => one.words)).toEqual([
    ['a', '5', 'pipe'],
    ['router'],
  ])
})

const marked = (text: string, query: string): string =>
  pieces(text, soughtIn(query))
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['La Facturación está mal', 'factur', 'La [Facturación] está mal'],
  ['the router, again: ROUTERS', 'router', 'the [router], again: [ROUTERS]'],
  ['a red light, a red car', '"red light"', 'a [red light], a red car'],
  ['as it was', 'as', '[as] it was'],
  ['assets', 'as', 'assets'],
  ['routers', '"router"', 'routers'],
  ['write to ana@example.org now', 'ana@example.org', 'write to [ana@example.org] now'],
  ['<b>router</b>', 'router', '<b>[router]</b>'],
  ['½ price', 'price', '½ [price]'],
  ['nothing', '', 'nothing'],
])('in "%s" what %s finds is marked', (text, query, expected) => {
  expect(marked(text, query)).toBe(expected)
})

test.each([
  ['It has been like this since the router came', 20, '… this since the router came'],
  ['the router came', 20, 'the router came'],
  ['router', 0, 'router'],
  ['nothing of it in this long text', 5, 'nothing of it in this long text'],
])('"%s" is shown from near the found word on', (text, mostBefore, expected) => {
  const shown = near(pieces(text, soughtIn('router')), mostBefore)
  expect(shown.map((piece) => piece.text).join('')).toBe(expected)
})
