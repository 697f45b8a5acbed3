import { expect, test } from 'vitest'
import { fill, VARIABLES, type Variable } from './macros'

const values = Object.fromEntries(VARIABLES.map((name) => [name, `<${name}>`])) as Record<Variable, string>

test('variables are filled in wherever they stand, with or without blanks', () => {
  expect(fill('{{agent.name}}: {{ ticket.label }}, {{agent.name}}', values)).toEqual({
    text: '<agent.name>: <ticket.label>, <agent.name>',
    unknown: [],
  })
})

test('what nobody knows stays as it is written and is told once', () => {
  expect(fill('{{foo}} {{constructor}} {{foo}} {{Agent.Name}}', values)).toEqual({
    text: '{{foo}} {{constructor}} {{foo}} {{Agent.Name}}',
    unknown: ['foo', 'constructor'],
  })
})

test('what is filled in is not looked at again', () => {
  const tricky = { ...values, 'agent.name': '{{desk.name}} $& $1' }
  expect(fill('{{agent.name}}', tricky).text).toBe('{{desk.name}} $& $1')
})
