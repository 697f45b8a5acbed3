import { expect, test } from 'vitest'
import { problemOf } from './problem'

const answer = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers })

test('problem details keep their kind, sentence, fields and request', () => {
  const problem = problemOf(answer(422), {
    type: '/problems/invalid-input',
    detail: 'Some values are wrong.',
    instance: 'abc',
    errors: [{ pointer: '/subject', code: 'too_long', detail: 'Too long.' }, 'nonsense'],
  })
  expect(problem).toMatchObject({
    kind: 'invalid-input',
    status: 422,
    detail: 'Some values are wrong.',
    instance: 'abc',
  })
  expect(problem.errors).toHaveLength(1)
  expect(problem.field('/subject')).toBe('Too long.')
  expect(problem.field('/body')).toBeUndefined()
})

test.each([
  [401, 'unauthenticated'],
  [412, 'stale'],
  [428, 'if-match-required'],
  [502, 'unavailable'],
  [500, 'internal'],
  [418, 'internal'],
])('an answer %i that is not ours is told by its status', (status, kind) => {
  expect(problemOf(answer(status), '<html>').kind).toBe(kind)
})

test('a type that is not known yet is told by its status', () => {
  expect(problemOf(answer(409), { type: '/problems/brand-new' }).kind).toBe('conflict')
})

test('the time to wait and the request are read from the headers', () => {
  const problem = problemOf(answer(429, { 'retry-after': '12', 'x-request-id': 'r1' }), undefined)
  expect(problem).toMatchObject({ retryAfter: 12, instance: 'r1' })
  expect(problemOf(answer(429, { 'retry-after': 'soon' }), undefined).retryAfter).toBeUndefined()
})
