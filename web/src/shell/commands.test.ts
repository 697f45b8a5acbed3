import { expect, test } from 'vitest'
import { effectScope, ref } from 'vue'
import { type Command, commands, shortcuts, useCommands } from './commands'
import { keyCaps } from './keyboard'

const command = (id: string, keys: string, label = id): Command => ({ id, label, group: 'desk', keys, run: () => id })

test('a page offers commands while it is there', () => {
  const page = effectScope()
  page.run(() => useCommands(() => [command('save', 's')]))
  expect(commands.value.map((one) => one.id)).toEqual(['save'])
  page.stop()
  expect(commands.value).toEqual([])
})

test('labels follow what they depend on', () => {
  const language = ref('en')
  const page = effectScope()
  page.run(() => useCommands(() => [command('save', 's', language.value === 'en' ? 'Save' : 'Guardar')]))
  expect(commands.value[0]?.label).toBe('Save')
  language.value = 'es'
  expect(commands.value[0]?.label).toBe('Guardar')
  page.stop()
})

test('a page takes a key from the desk while it is there', () => {
  const desk = effectScope()
  const page = effectScope()
  desk.run(() => useCommands(() => [command('compose', 'c')]))
  page.run(() => useCommands(() => [command('copy', 'c')]))
  expect(shortcuts.value.get('c')?.id).toBe('copy')
  page.stop()
  expect(shortcuts.value.get('c')?.id).toBe('compose')
  desk.stop()
})

test.each([
  ['meta_k', ['meta', 'k']],
  ['g-q', ['g', 'q']],
  ['meta_shift_a', ['meta', 'shift', 'a']],
  ['?', ['?']],
  ['-', ['-']],
])('the caps of %s are %j', (keys, caps) => {
  expect(keyCaps(keys)).toEqual(caps)
})

test('what the browser does by itself is listed and not listened to', () => {
  const page = effectScope()
  page.run(() => useCommands(() => [{ ...command('open', 'enter'), isNative: true }]))
  expect(commands.value.map((one) => one.id)).toEqual(['open'])
  expect(shortcuts.value.has('enter')).toBe(false)
  page.stop()
})
