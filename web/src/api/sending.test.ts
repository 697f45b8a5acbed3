// @vitest-environment node
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connection, noted } from './connection'
import type { Problem } from './problem'
import { type Moment, send } from './sending'

/** What the server answers next; `gone` hangs up. The last one stays. */
type Next = number | 'gone'
let script: Next[] = []
let got: Array<{ method: string; path: string; key: string; body: string }> = []
let server: Server
let base = ''
let waits: number[] = []
let renewals = 0
let chance = 0

const moment = (renewed = true): Moment => ({
  fetch: (request) => fetch(request),
  wait: async (seconds) => void waits.push(seconds),
  random: () => chance,
  renewSession: async () => {
    renewals += 1
    return renewed
  },
})
const get = (path = '/api/desk/v1/tickets'): Request => new Request(base + path)
const post = (path = '/api/desk/v1/tickets'): Request =>
  new Request(base + path, { method: 'POST', body: '{"a":1}', headers: { 'idempotency-key': 'k1' } })

beforeEach(async () => {
  script = []
  got = []
  waits = []
  renewals = 0
  chance = 0
  noted.answer()
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      got.push({
        method: request.method ?? '',
        path: request.url ?? '',
        key: String(request.headers['idempotency-key']),
        body,
      })
      const next = script.length > 1 ? script.shift() : script[0]
      if (next === 'gone' || next === undefined) return request.socket.destroy()
      response.writeHead(next, next === 429 ? { 'retry-after': '7' } : {}).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => server.close())

describe('a call', () => {
  test('that is answered goes out once', async () => {
    script = [200]
    expect((await send(get(), moment())).status).toBe(200)
    expect(got).toHaveLength(1)
  })

  test('that finds nobody is repeated with the same key and body until somebody is there', async () => {
    script = ['gone', 'gone', 201]
    expect((await send(post(), moment())).status).toBe(201)
    expect(waits).toEqual([1, 2])
    expect(new Set(got.map((call) => `${call.key} ${call.body}`))).toEqual(new Set(['k1 {"a":1}']))
    expect(connection.isOffline).toBe(false)
  })

  test('that finds nobody for half a minute says so and leaves the banner up', async () => {
    script = ['gone']
    const problem = await send(get(), moment()).catch((error: Problem) => error)
    expect(problem).toMatchObject({ kind: 'offline', status: 0 })
    expect(waits).toEqual([1, 2, 4, 8, 16])
    expect(connection.isOffline).toBe(true)
  })

  test('that changes a certain version is not repeated into the dark', async () => {
    script = ['gone']
    const change = new Request(`${base}/api/desk/v1/tickets/1`, {
      method: 'PATCH',
      body: '{}',
      headers: { 'if-match': '"1"' },
    })
    await expect(send(change, moment())).rejects.toMatchObject({ kind: 'offline' })
    expect(got).toHaveLength(1)
  })

  test('that ends the session is not made later, when nobody asks for it any more', async () => {
    script = ['gone', 204]
    const end = new Request(`${base}/api/desk/v1/session`, { method: 'DELETE' })
    await expect(send(end, moment())).rejects.toMatchObject({ kind: 'offline' })
    expect(got).toHaveLength(1)
    expect((await send(new Request(`${base}/api/desk/v1/me/picture`, { method: 'DELETE' }), moment())).status).toBe(204)
  })

  test('is repeated while the server starts again', async () => {
    script = [503, 502, 200]
    expect((await send(get(), moment())).status).toBe(200)
    expect(waits).toEqual([1, 2])
    expect(connection.isUnavailable).toBe(false)
  })

  test('waits as long as the server asks', async () => {
    script = [429, 200]
    expect((await send(get(), moment())).status).toBe(200)
    expect(waits).toEqual([7])
  })

  test('does not come back with all others that were held up: the more often refused, the farther apart', async () => {
    script = [429, 429, 429, 200]
    chance = 0.5
    expect((await send(get(), moment())).status).toBe(200)
    expect(waits).toEqual([7.5, 8, 9])
  })

  test('goes on after the session is renewed', async () => {
    script = [401, 200]
    expect((await send(post(), moment())).status).toBe(200)
    expect(renewals).toBe(1)
    expect(got.map((call) => call.body)).toEqual(['{"a":1}', '{"a":1}'])
  })

  test('hands on the refusal when nobody signs in again', async () => {
    script = [401]
    expect((await send(get(), moment(false))).status).toBe(401)
    expect(got).toHaveLength(1)
  })

  test.each(['session', 'setup', 'links/check', 'invitations/accept', 'resets/accept'])(
    'to %s takes a refusal or a limit as the answer',
    async (path) => {
      script = [401]
      expect((await send(post(`/api/desk/v1/${path}`), moment())).status).toBe(401)
      script = [429]
      expect((await send(post(`/api/desk/v1/${path}`), moment())).status).toBe(429)
      expect([renewals, waits]).toEqual([0, []])
    },
  )

  test('who asks who they are learns that they are nobody', async () => {
    script = [401]
    expect((await send(get('/api/desk/v1/me'), moment())).status).toBe(401)
    expect(renewals).toBe(0)
  })
})
