import type { Scope } from '@/api/types'

export const SCOPES = ['read', 'write', 'admin'] as const satisfies readonly Scope[]

/** Each scope contains those before it, so the last one says it all. */
export const widestScope = (scopes: readonly Scope[]): Scope =>
  SCOPES.findLast((scope) => scopes.includes(scope)) ?? 'read'

const DAY_MS = 86_400_000

/** When a key made now ends; null for never. */
export const expiryAfter = (days: number, now: number): string | null =>
  days === 0 ? null : new Date(now + days * DAY_MS).toISOString()
