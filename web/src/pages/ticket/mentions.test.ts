import { expect, test } from 'vitest'
import { begunAt, completed, namesLike } from './mentions'

const STAFF = ['Marta Ruiz', 'Mario Cano', 'Ána María Vidal', 'Raúl Vega']

test.each([
  ['Ask @ma', 'ma'],
  ['@', ''],
  ['Both @Marta Ruiz and @Raúl V', 'Raúl V'],
  ['(@ma', 'ma'],
])('a mention is being written in "%s"', (text, name) => {
  expect(begunAt(text, text.length)?.name).toBe(name)
})

test.each(['ana@example.org', 'a.@b', '@@ma', '@Marta Ruiz\nand then', 'nothing'])('none is in "%s"', (text) => {
  expect(begunAt(text, text.length)).toBeUndefined()
})

test('only what stands before the caret counts', () => {
  expect(begunAt('@ma and so on', 3)).toEqual({ at: 0, name: 'ma' })
})

test.each([
  ['mar', ['Mario Cano', 'Marta Ruiz', 'Ána María Vidal']],
  ['ana maria', ['Ána María Vidal']],
  ['RAUL', ['Raúl Vega']],
  ['ruiz', ['Marta Ruiz']],
  ['Marta Ruiz ', []],
  ['x', []],
])('"%s" may mean %j', (written, names) => {
  expect(namesLike(written, STAFF)).toEqual(names)
})

test('the whole name takes the place of what was begun', () => {
  const begun = begunAt('Ask @ma please', 7)
  expect(begun && completed('Ask @ma please', 7, begun, 'Marta Ruiz')).toEqual({
    text: 'Ask @Marta Ruiz please',
    caret: 16,
  })
})
