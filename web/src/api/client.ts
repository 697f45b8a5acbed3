import createClient from 'openapi-fetch'
import { watch } from 'vue'
import { locale } from '@/i18n'
import { connection } from './connection'
import { Problem, problemOf } from './problem'
import type { paths } from './schema'
import { send } from './sending'
import { sessionEnd } from './session-end'

/** The typed client. Every call goes through `take`: `take(api.GET('/api/desk/v1/me'))`. */
export const api = createClient<paths>({
  baseUrl: '/',
  fetch: (request) =>
    send(request, { fetch: (again) => fetch(again), wait, random: Math.random, renewSession: sessionEnd.renew }),
})

api.use({
  onRequest({ request }) {
    request.headers.set('accept-language', locale.value)
    const isKeyed = request.headers.has('idempotency-key')
    if (request.method === 'POST' && !isKeyed) request.headers.set('idempotency-key', crypto.randomUUID())
    return request
  },
})

interface Result<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Returns what came. Raises Problem. */
export async function take<T>(call: Promise<Result<T>>): Promise<T> {
  return (await takeWithVersion(call)).data
}

/** As `take`, with the version of the resource for the next `If-Match`. */
export async function takeWithVersion<T>(call: Promise<Result<T>>): Promise<{ data: T; version: string }> {
  const { data, error, response } = await call.catch(asProblem)
  if (!response.ok) throw problemOf(response, error)
  return { data: data as T, version: response.headers.get('etag') ?? '*' }
}

/** Headers for a change that must not meet a newer version. */
export const ifMatch = (version: string): { headers: Record<string, string> } => ({ headers: { 'If-Match': version } })

function asProblem(error: unknown): never {
  if (error instanceof Problem) throw error
  // An answer that claims to be JSON and is not: a proxy's page, mostly.
  throw new Problem({ kind: 'unavailable', status: 0, detail: error instanceof Error ? error.message : '' })
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      removeEventListener('online', done)
      stop()
      resolve()
    }
    const timer = setTimeout(done, seconds * 1000)
    addEventListener('online', done)
    // Another call got through: nobody waits any longer.
    const stop = watch(
      () => connection.isOffline || connection.isUnavailable,
      (isDown) => !isDown && done(),
    )
  })
}
