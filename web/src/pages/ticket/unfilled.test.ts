import { expect, test } from 'vitest'
import { unfilled } from './unfilled'

test('variables that nobody filled in are found, each once', () => {
  expect(unfilled('Hello {{ name }}, {{desk.name}} and {{name}}')).toEqual(['name', 'desk.name'])
  expect(unfilled('Hello {name}, {{Two words}} {{}}')).toEqual([])
})
