import type { NewMessage } from '@/api/types'

export type Kind = NewMessage['kind']

/** A draft as the browser keeps it. */
export interface Kept {
  kind: Kind
  texts: Record<Kind, string>
  /** Which of the files that wait on the server belong to which. */
  files: Record<Kind, number[]>
  /** When it was written, in milliseconds of Date.now(). */
  at: number
  /** `updated_at` of the server's draft that it goes on from; empty where there was none. */
  base: string
  /** The server has these texts too. */
  isSaved: boolean
  tried?: Tried
}

/** The messages that may have been sent already, an answer and a note, with their Idempotency-Keys. */
export type Tried = Partial<Record<Kind, { key: string; kind: Kind; body: string; alike: number }>>

export const otherKind = (kind: Kind): Kind => (kind === 'note' ? 'answer' : 'note')

/** Two texts that were written apart: nothing of either is lost, and nothing stands there twice. */
export function joined(first: string, second: string): string {
  if (!second.trim() || first.includes(second.trim())) return first
  return !first.trim() || second.includes(first.trim()) ? second : `${first}\n\n${second}`
}

/** Which of two drafts stands: the one that goes on from the other, or else the newer one. */
export function winner(
  mine: Pick<Kept, 'at' | 'base'> | undefined,
  server: { updated_at: string | null },
): 'mine' | 'server' {
  if (!mine) return 'server'
  if (!server.updated_at || mine.base === server.updated_at) return 'mine'
  return mine.at >= Date.parse(server.updated_at) ? 'mine' : 'server'
}
