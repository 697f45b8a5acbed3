/** What went wrong with a call, in the words of RFC 9457, or of our own where no answer came at all. */

export interface FieldError {
  /** JSON pointer of the field in the body that was sent: `/subject`. */
  pointer: string
  code: string
  detail: string
  /** The part of a filter that is meant, as it was written. */
  part?: string
}

export const KINDS = [
  'invalid-input',
  'unauthenticated',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'conflict',
  'transition-refused',
  'stale',
  'if-match-required',
  'too-large',
  'unsupported-media-type',
  'rate-limited',
  'key-reused',
  'unavailable',
  'internal',
  'offline',
] as const
export type ProblemKind = (typeof KINDS)[number]

/** Statuses and what they mean where the answer is not ours: from a proxy, say. */
const BY_STATUS: Record<number, ProblemKind> = {
  400: 'invalid-input',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  409: 'conflict',
  412: 'stale',
  413: 'too-large',
  415: 'unsupported-media-type',
  422: 'invalid-input',
  428: 'if-match-required',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

interface ProblemParts {
  kind: ProblemKind
  status: number
  detail?: string
  instance?: string
  errors?: FieldError[]
  retryAfter?: number
}

export class Problem extends Error {
  readonly kind: ProblemKind
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** A sentence in the caller's language, when the server sent one. */
  readonly detail: string
  /** The request's id, which the server's log has too. */
  readonly instance: string
  readonly errors: FieldError[]
  /** Seconds. */
  readonly retryAfter: number | undefined

  constructor(parts: ProblemParts) {
    super(`${parts.status} ${parts.kind} ${parts.detail ?? ''}`.trim())
    this.name = 'Problem'
    this.kind = parts.kind
    this.status = parts.status
    this.detail = parts.detail ?? ''
    this.instance = parts.instance ?? ''
    this.errors = parts.errors ?? []
    this.retryAfter = parts.retryAfter
  }

  /** The sentence for a field of the body, by its pointer. */
  field(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail
  }
}

/** Whether it may go well in a moment. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Problem && ['offline', 'unavailable', 'rate-limited'].includes(error.kind)

export const offline = (): Problem => new Problem({ kind: 'offline', status: 0 })

/** Reads an answer that is no success. `body` is what came, parsed if it was JSON. */
export function problemOf(response: Response, body: unknown): Problem {
  const told = isObject(body) ? body : {}
  const retryAfter = retryAfterOf(response)
  return new Problem({
    kind: kindOf(told['type'], response.status),
    status: response.status,
    detail: text(told['detail']),
    instance: text(told['instance']) || (response.headers.get('x-request-id') ?? ''),
    errors: Array.isArray(told['errors']) ? told['errors'].filter(isFieldError) : [],
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}

export function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds : undefined
}

function kindOf(type: unknown, status: number): ProblemKind {
  const told = text(type).split('/').at(-1)
  return KINDS.find((kind) => kind === told) ?? BY_STATUS[status] ?? 'internal'
}

function isFieldError(value: unknown): value is FieldError {
  return isObject(value) && typeof value['pointer'] === 'string' && typeof value['detail'] === 'string'
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
