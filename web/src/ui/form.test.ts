import { expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { useForm } from './form'

const needed = (value: string): string | undefined => (value ? undefined : 'needed')
const refusal = (...pointers: string[]): Problem =>
  new Problem({
    kind: 'invalid-input',
    status: 422,
    errors: pointers.map((pointer) => ({ pointer, code: 'wrong', detail: `wrong ${pointer}` })),
  })

test('nothing is sent while a field is wrong', async () => {
  let sent = 0
  const form = useForm({ start: { name: '' }, rules: { name: needed }, send: async () => void sent++ })
  await form.submit()
  expect([sent, form.error('name')]).toEqual([0, 'needed'])
  form.values.name = 'Ana'
  await form.submit()
  expect([sent, form.error('name')]).toEqual([1, undefined])
})

test('what the server finds stands at its field and what was typed stays', async () => {
  const form = useForm({ start: { name: 'Ana', area: 'x' }, send: () => Promise.reject(refusal('/area')) })
  await form.submit()
  expect(form.error('area')).toBe('wrong /area')
  expect(form.problem.value).toBeUndefined()
  expect(form.values).toEqual({ name: 'Ana', area: 'x' })
})

test('what has no field here is told as a whole', async () => {
  const form = useForm({ start: { name: 'Ana' }, send: () => Promise.reject(refusal('/name', '/token')) })
  await form.submit()
  expect(form.error('name')).toBe('wrong /name')
  expect(form.problem.value).toBeInstanceOf(Problem)
})

test('a second submit while the first is on its way is none', async () => {
  let sent = 0
  let finish = (): void => {}
  const form = useForm({
    start: { name: 'Ana' },
    send: () => {
      sent += 1
      return new Promise<void>((resolve) => {
        finish = resolve
      })
    },
  })
  const first = form.submit()
  await form.submit()
  expect([sent, form.isSending.value]).toEqual([1, true])
  finish()
  await first
  expect(form.isSending.value).toBe(false)
})

test('clearing forgets the findings, resetting also the values', async () => {
  const form = useForm({ start: { name: '' }, rules: { name: needed }, send: async () => {} })
  await form.submit()
  form.values.name = 'A'
  form.clear()
  expect([form.error('name'), form.values.name]).toEqual([undefined, 'A'])
  form.reset({ name: '' })
  expect(form.values.name).toBe('')
})
