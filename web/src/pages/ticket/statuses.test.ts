import { expect, test } from 'vitest'
import type { Status } from '@/api/types'
import { isReachable } from './statuses'

const ALL: Status[] = ['open', 'in_progress', 'pending', 'resolved', 'closed']
const AREA_AGENT = ['start', 'pause', 'resolve', 'close']
const AGENT = [...AREA_AGENT, 'reopen']

const reachable = (status: Status, permissions: string[]): Status[] =>
  ALL.filter((target) => isReachable({ status, permissions }, target))

test('only an admin turns work that began into work that did not', () => {
  expect(reachable('in_progress', AGENT)).toEqual(['in_progress', 'pending', 'resolved', 'closed'])
  expect(reachable('in_progress', [...AGENT, 'override_status'])).toEqual(ALL)
})

test('what ended is opened again by those who may', () => {
  expect(reachable('closed', AGENT)).toEqual(ALL)
  expect(reachable('closed', AREA_AGENT)).toEqual(['closed'])
  expect(reachable('resolved', AREA_AGENT)).toEqual(['resolved', 'closed'])
})

test('who only reads changes nothing', () => {
  expect(reachable('open', ['read', 'note'])).toEqual(['open'])
})
