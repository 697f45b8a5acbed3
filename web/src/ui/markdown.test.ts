import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { parse, safeHref } from './markdown'
import RichText from './RichText'

const shown = (text: string): string => mount(RichText, { props: { text } }).html()

test('the usual marks become elements', () => {
  const html = shown('Hello **Ana**, *please* run `ls`.\n\n- one\n- [two](https://example.org/a)\n\n1. first')
  for (const part of [
    '>Ana</strong>',
    '<em>please</em>',
    '>ls</code>',
    '<li>one</li>',
    'href="https://example.org/a"',
  ]) {
    expect(html).toContain(part)
  }
  expect(parse('1. first')[0]?.kind).toBe('numbers')
})

test('lines of a paragraph stay lines', () => {
  expect(parse('one\ntwo')[0]).toMatchObject({ parts: [{ text: 'one' }, { kind: 'break' }, { text: 'two' }] })
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  '//evil.example',
  'file:///etc/passwd',
])('%j is no link', (target) => {
  expect(safeHref(target)).toBeUndefined()
  expect(shown(`[x](${target})`)).not.toContain('href')
})

test('HTML is text', () => {
  const page = mount(RichText, { props: { text: '<img src=x onerror=alert(1)> <script>alert(1)</script>' } })
  expect(page.findAll('img, script')).toHaveLength(0)
  expect(page.text()).toContain('<img src=x onerror=alert(1)>')
})

test('names with underscores are no italics', () => {
  expect(shown('a_b_c and snake_case_name')).not.toContain('<em>')
})

test('a message of nothing but marks is read in one go', () => {
  for (const mark of ['[', '*', '_', '`', '**a', 'https://']) expect(parse(mark.repeat(20_000))).toHaveLength(1)
})
