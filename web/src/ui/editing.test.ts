import { expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { useEditing } from './editing'

interface Thing {
  id: string
  name: string
  version: number
}

/** A desk with one thing on it, which takes a change of its current version alone. */
function desk(name: string) {
  const stored: Thing = { id: 'a', name, version: 1 }
  const editing = useEditing<Thing, { name: string }>({
    thing: { ...stored },
    start: (thing) => ({ name: thing?.name ?? '' }),
    send: async (values, version) => {
      if (version !== stored.version) throw new Problem({ kind: 'stale', status: 412 })
      Object.assign(stored, values, { version: version + 1 })
    },
    load: async () => ({ ...stored }),
  })
  return { stored, editing }
}

test('what was typed is kept when somebody was faster, and sending again means it', async () => {
  const { stored, editing } = desk('Hello')
  Object.assign(stored, { name: 'Theirs', version: 2 })
  editing.form.values.name = 'Mine'
  await editing.form.submit()
  expect(editing.newest.value?.name).toBe('Theirs')
  expect(editing.form.values.name).toBe('Mine')
  expect(stored.name).toBe('Theirs')
  await editing.form.submit()
  expect(stored).toEqual({ id: 'a', name: 'Mine', version: 3 })
})

test('the newest can be had instead of what was typed', async () => {
  const { stored, editing } = desk('Hello')
  Object.assign(stored, { name: 'Theirs', version: 2 })
  editing.form.values.name = 'Mine'
  await editing.form.submit()
  editing.takeNewest()
  expect(editing.form.values.name).toBe('Theirs')
  expect(editing.form.problem.value).toBeUndefined()
})
