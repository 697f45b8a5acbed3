import { expect, test } from 'vitest'
import { completed, type Lists, suggestions } from './suggesting'

const DESK: Lists = {
  areas: ['Redes', 'Mesa de Ayuda'],
  people: ['Marta Ruiz', 'Leo Prat'],
  tags: ['vip', 'refund, partly', '5" pipe'],
  fields: [{ key: 'plan', name: 'Plan', choices: ['gold', 'silver'] }],
}
const texts = (written: string, locale: 'en' | 'es' = 'en', isAsked = false): string[] =>
  suggestions(written, locale, DESK, isAsked).map((one) => one.text)

test.each([
  ['st', 'en', ['status:']],
  ['st', 'es', ['status:']],
  ['est', 'es', ['estado:']],
  ['esta', 'en', ['estado:']],
  ['router -pri', 'en', ['priority:']],
  ['fi', 'en', ['field.plan:']],
  ['campo.p', 'es', ['campo.plan:']],
  ['upd', 'en', ['updated>']],
  ['new', 'en', ['newer_than:']],
  ['más_a', 'es', ['más_antiguo_que:']],
  ['router', 'en', []],
  ['', 'en', []],
  ['status:open ', 'en', []],
  ['"status:', 'en', []],
] as const)('%s in %s may become %j', (written, locale, expected) => {
  expect(texts(written, locale)).toEqual(expected)
})

test.each([
  ['status:pen', 'en', ['pending']],
  ['estado:pen', 'es', ['pendiente']],
  ['status:open,re', 'en', ['resolved']],
  ['is:un', 'en', ['unread', 'unassigned']],
  ['ÁREA:ayu', 'es', ['"Mesa de Ayuda"']],
  ['area:"Mesa de', 'en', ['"Mesa de Ayuda"']],
  ['assignee:', 'en', ['me', 'none', '"Marta Ruiz"', '"Leo Prat"']],
  ['asignado:pra', 'es', ['"Leo Prat"']],
  ['-tag:part', 'en', ['"refund, partly"']],
  ['field.plan:s', 'en', ['silver']],
  ['field.nothing:', 'en', []],
  ['tag:pipe', 'en', ['"5\\" pipe"']],
  ['tag:"5\\" pi', 'en', ['"5\\" pipe"']],
  ['created>', 'en', ['2h', '24h', '7d', '30d']],
  ['unchanged_for:', 'en', ['2h', '24h', '7d', '30d']],
  ['vence_en:2', 'es', ['2h', '24h']],
  ['nothing:', 'en', []],
] as const)('the value of %s in %s may be %j', (written, locale, expected) => {
  expect(texts(written, locale)).toEqual(expected)
})

test('who asks sees every name before a letter is written', () => {
  expect(texts('router ', 'en', true)).toHaveLength(20)
})

test.each([
  ['newer_than:7', 'en', 'newer_than', '7 days'],
  ['created>7', 'en', 'newer_than', '7 days'],
  ['created<=7', 'en', 'older_than', '7 days'],
  ['actualizado<24', 'es', 'unchanged_for', '24 horas'],
  ['vence<2', 'es', 'due_within', '2 horas'],
  ['due>2', 'en', 'due_after', '2 hours'],
] as const)('what %s in %s asks for is told in words', (written, locale, means, span) => {
  expect(suggestions(written, locale, DESK, false)[0]?.sense).toEqual({ means, span })
})

test.each([
  ['router st', '', 'router status:', 14],
  ['status:open,re', '', 'status:open,resolved ', 21],
  ['status:re', ' router', 'status:resolved router', 15],
])('"%s" is completed before "%s"', (written, rest, text, caret) => {
  const [first] = suggestions(written, 'en', DESK, false)
  expect(first && completed(written, rest, first)).toEqual({ text, caret })
})
