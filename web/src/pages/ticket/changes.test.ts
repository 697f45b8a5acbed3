import { expect, test } from 'vitest'
import type { Ticket } from '@/api/types'
import { fieldsOf, holds, isJustRead, isUntouched, joinedPatch, mayUndo, rebased, undoOf, withStatus } from './changes'

const before = {
  priority: 'high',
  area: 'Redes',
  assignee: { id: 'a-1', name: 'Marta' },
  tags: ['vip', 'march'],
  fields: { plan: 'gold' },
} as unknown as Ticket

test('an undo brings back just what a change changes', () => {
  expect(undoOf({ priority: 'low', reason: 'why' }, before)).toEqual({ priority: 'high' })
  expect(undoOf({ assignee_id: null }, before)).toEqual({ assignee_id: 'a-1' })
  expect(undoOf({ fields: { plan: null, seats: 3 } }, before)).toEqual({ fields: { plan: 'gold', seats: null } })
})

test('a ticket that comes back to its area comes back to its assignee too', () => {
  expect(undoOf({ area: 'Pagos' }, before)).toEqual({ area: 'Redes', assignee_id: 'a-1' })
})

test('a change that somebody else made too is made', () => {
  expect(holds(before, { priority: 'high', fields: { plan: 'gold', seats: null } })).toBe(true)
  expect(holds(before, { assignee_id: null })).toBe(false)
})

test('tags that others put on and took off meanwhile stay on and off', () => {
  const now = { ...before, tags: ['vip', 'theirs'] }
  expect(rebased({ tags: ['march', 'mine'] }, before, now)).toEqual({ tags: ['theirs', 'mine'] })
  expect(rebased({ priority: 'low' }, before, now)).toEqual({ priority: 'low' })
})

test('an undo is offered to those who may do it', () => {
  const after = { ...before, status: 'resolved', permissions: ['resolve', 'take'] } as unknown as Ticket
  expect(mayUndo({ status: 'open' }, after)).toBe(false)
  expect(mayUndo({ assignee_id: null }, after)).toBe(false)
  expect(mayUndo({ tags: [] }, after)).toBe(true)
  expect(mayUndo({ status: 'open', assignee_id: null }, { ...after, permissions: ['reopen', 'assign'] })).toBe(true)
})

test('a ticket that moved on because it was given to somebody moves back with it', () => {
  const open = { ...before, status: 'open' } as unknown as Ticket
  const moved = { ...open, status: 'in_progress' } as unknown as Ticket
  expect(withStatus({ assignee_id: null }, open, moved)).toEqual({ assignee_id: null, status: 'open' })
  expect(withStatus({ assignee_id: null }, moved, moved)).toEqual({ assignee_id: null })
  expect(withStatus({ priority: 'low' }, open, moved)).toEqual({ priority: 'low' })
})

test('changes that wait become one, in which the later ones stand', () => {
  const joined = joinedPatch({ priority: 'low', fields: { plan: 'iron' } }, { priority: 'high', fields: { seats: 3 } })
  expect(joined).toEqual({ priority: 'high', fields: { plan: 'iron', seats: 3 } })
  expect(joinedPatch({}, { tags: [] })).toEqual({ tags: [] })
  expect(fieldsOf({ assignee_id: null, priority: 'low', reason: 'why' })).toEqual(['assignee', 'priority'])
})

test('a change that waited is made where nobody changed the same', () => {
  const now = { ...before, area: 'Pagos', tags: [], fields: { plan: 'iron' } } as unknown as Ticket
  expect(isUntouched({ priority: 'low', tags: ['x'], fields: { seats: 3 } }, before, now)).toBe(true)
  expect(isUntouched({ area: 'Redes' }, before, now)).toBe(false)
  expect(isUntouched({ fields: { plan: null } }, before, now)).toBe(false)
})

test('a ticket that somebody only looked at is as it was', () => {
  const seen = { ...before, is_read: true }
  expect(isJustRead(before, seen)).toBe(true)
  expect(isJustRead(before, before)).toBe(false)
  expect(isJustRead(before, { ...seen, tags: ['theirs'] })).toBe(false)
  expect(isJustRead(before, { ...seen, updated_at: 'later' })).toBe(false)
})
