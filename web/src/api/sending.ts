/**
 * Sending a request through bad moments: a session that ended, a limit, a server that restarts, a network that is gone.
 * The caller only sees a later answer; what was typed stays on screen meanwhile.
 */
import { noted } from './connection'
import { offline, retryAfterOf } from './problem'

export interface Moment {
  fetch: (request: Request) => Promise<Response>
  /** Seconds, then go on; ends early when the browser says that the network is back. */
  wait: (seconds: number) => Promise<void>
  /** From 0 up to 1. */
  random: () => number
  /** Resolves true when the person signed in again, false when they gave up. */
  renewSession: () => Promise<boolean>
}

const TRIES = 6
const LONGEST_WAIT = 30
/** Where 401 is the answer to a question, not the end of a session. */
const ABOUT_SESSIONS = /^(GET .*\/me|.*\/(session|setup|links\/check|invitations\/accept|resets\/accept))$/

/** Raises Problem `offline` when no answer came in all tries. */
export async function send(request: Request, moment: Moment): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await once(request.clone(), moment)
    const isLast = tries === TRIES
    if (response === undefined) {
      noted.silence()
      if (isLast || !canRepeat(request)) throw offline()
      await moment.wait(pause(tries))
    } else if (response.status === 401 && !isLast && !isAboutSessions(request)) {
      noted.answer()
      if (!(await moment.renewSession())) return response
    } else if (response.status === 429) {
      const seconds = retryAfterOf(response) ?? pause(tries)
      noted.limited(seconds)
      if (isLast || seconds > LONGEST_WAIT || isAboutSessions(request)) return response
      // Whoever was held up together would come back together, and most be refused again.
      await moment.wait(seconds + moment.random() * pause(tries))
    } else if ([502, 503, 504].includes(response.status)) {
      noted.unavailable()
      if (isLast || !canRepeat(request)) return response
      await moment.wait(Math.min(retryAfterOf(response) ?? pause(tries), LONGEST_WAIT))
    } else {
      noted.answer()
      return response
    }
  }
}

async function once(request: Request, moment: Moment): Promise<Response | undefined> {
  try {
    return await moment.fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    return undefined
  }
}

/**
 * A change without a key may have happened although its answer was lost; If-Match would then call it stale. Nobody is to
 * be signed out later, when they have gone on.
 */
function canRepeat(request: Request): boolean {
  if (request.method === 'DELETE') return !isAboutSessions(request)
  return request.method !== 'PATCH' || !request.headers.has('if-match')
}

const isAboutSessions = (request: Request): boolean =>
  ABOUT_SESSIONS.test(`${request.method} ${new URL(request.url).pathname}`)

/** 1, 2, 4, 8, 16 seconds. */
const pause = (tries: number): number => 2 ** (tries - 1)
