import { describe, expect, test } from 'vitest'
import { expiryAfter, widestScope } from '@/pages/settings/keys/scopes'
import { browserName } from './browser-name'
import { initials } from './initials'
import { relative } from './times'

test.each([
  ['Ana García López', 'AL'],
  ['ana', 'A'],
  ['  Íñigo  Vera ', 'ÍV'],
  ['😀 Smith', '😀S'],
  ['', ''],
])('the initials of "%s" are "%s"', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0',
    'Edge · Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1',
    'Safari · iPhone',
  ],
  ['Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36', 'Chrome · Android'],
  ['curl/8.9', 'curl/8.9'],
])('%s is called %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name)
})

describe('times', () => {
  const now = Date.parse('2026-03-15T10:00:00Z')
  test.each([
    ['2026-03-15T09:59:50Z', 'en', 'now'],
    ['2026-03-15T09:55:00Z', 'en', '5 minutes ago'],
    ['2026-03-15T07:30:00Z', 'es', 'hace 2 horas'],
    ['2026-03-14T09:00:00Z', 'es', 'ayer'],
    ['2026-03-18T10:00:00Z', 'en', 'in 3 days'],
    ['2024-03-14T10:00:00Z', 'en', '2 years ago'],
  ])('%s in %s is "%s"', (at, language, words) => {
    expect(relative(at, now, language)).toBe(words)
  })

  test('a key is good for whole days, or for ever', () => {
    expect(expiryAfter(30, now)).toBe('2026-04-14T10:00:00.000Z')
    expect(expiryAfter(0, now)).toBeNull()
  })
})

test('the farthest scope says it all', () => {
  expect(widestScope(['write', 'read'])).toBe('write')
  expect(widestScope(['admin'])).toBe('admin')
  expect(widestScope(['read'])).toBe('read')
})
