import { expect, test } from 'vitest'
import { numberedFirst } from './ticket-search'

const rows = ['TKT-2026-00117', 'TKT-2026-00304', 'TKT-2026-03040'].map((label) => ({ label }))
const first = (written: string): string | undefined => numberedFirst(rows, written)[0]?.label

test('the ticket of a number comes before those that mention it', () => {
  expect(first('304')).toBe('TKT-2026-00304')
  expect(first('#304')).toBe('TKT-2026-00304')
  expect(first('tkt-2026-03040')).toBe('TKT-2026-03040')
  expect(first('line 304')).toBe('TKT-2026-00117')
  expect(numberedFirst(rows, '304')).toHaveLength(3)
})
