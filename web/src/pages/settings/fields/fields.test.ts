import { expect, test } from 'vitest'
import { changeOf, formOf, optionsOf } from './fields'

test('an option stands in each line; blank lines and repetitions are nothing', () => {
  expect(optionsOf(' Private \n\nCompany\nPrivate\n')).toEqual(['Private', 'Company'])
  expect(optionsOf('\n ')).toEqual([])
})

test('only a choice has options', () => {
  const form = { ...formOf(undefined), name: 'Plan', choices: 'Gold\nSilver' }
  expect(changeOf(form)).not.toHaveProperty('choices')
  expect(changeOf({ ...form, kind: 'choice' })).toMatchObject({ choices: ['Gold', 'Silver'] })
})
