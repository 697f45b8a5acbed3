import { type Ref, ref, shallowReactive } from 'vue'
import { api, take } from '@/api/client'
import type { Attachment, Entry, Macro, NewMessage, Ticket } from '@/api/types'
import { beforeSignOut, forgetText, keepText, keptText } from '@/shell/kept-texts'

/** A message with what its macro changes besides. */
export type Outgoing = NewMessage & { change: Omit<Macro['change'], 'status'> }

/** A message of which nobody knows yet that the server has it. The browser keeps it until then. */
export interface Unsent {
  /** Its Idempotency-Key: with it the same message is never written twice. */
  key: string
  message: Outgoing
  files: Attachment[]
  /** How many like it the writer had in the timeline before. */
  alike: number
  /** It was taken back in time. */
  isUndone?: boolean
}

/** A message that goes out in a moment unless it is taken back. */
export interface Pending extends Unsent {
  /** Sends it now. */
  now: () => void
  isSending: Ref<boolean>
  sent: Promise<void> | undefined
}

/** By ticket, in the order of writing: the next one sends those before it. They outlive the page of their ticket. */
export const pending = shallowReactive(new Map<string, readonly Pending[]>())

/** Those of a ticket that go out in a moment, and how they come and go. */
export const line = {
  of: (ref: string): readonly Pending[] => pending.get(ref) ?? [],
  before: (ref: string, entry: Pending): Pending | undefined => line.of(ref)[line.of(ref).indexOf(entry) - 1],
  alike: (ref: string, { kind, body }: Outgoing): number =>
    line.of(ref).filter(({ message }) => message.kind === kind && message.body === body).length,
  join: (ref: string, entry: Pending): unknown => pending.set(ref, [...line.of(ref), entry]),
  leave(ref: string, entry: Pending): void {
    const others = line.of(ref).filter((one) => one !== entry)
    if (others.length) pending.set(ref, others)
    else pending.delete(ref)
  },
}
/** The keys of all that this page of the browser has in hand. */
export const inHand = new Set<string>()
/** Counts the messages that came back, for the page of their ticket to take them up. */
export const comeBack = ref(0)

/** Those of an agent and ticket, by `name`, that were not confirmed. */
export const unsent = {
  of: (name: string): Unsent[] => keptText<Unsent[]>(`${name}.unsent`) ?? [],
  keep({ key, message, files, alike, isUndone = false }: Unsent, name: string): void {
    const others = unsent.of(name).filter((one) => one.key !== key)
    keepText(`${name}.unsent`, [...others, { key, message, files, alike, isUndone }])
  },
  forget(key: string, name: string): void {
    const others = unsent.of(name).filter((one) => one.key !== key)
    if (others.length) keepText(`${name}.unsent`, others)
    else forgetText(`${name}.unsent`)
  },
}

/** How many messages of `author` in a timeline say the same. */
export const alikeIn = (entries: Entry[], author: unknown, { kind, body }: Pick<NewMessage, 'kind' | 'body'>): number =>
  entries.filter((one) => one.kind === kind && one.author.id === author && one.body?.trim() === body.trim()).length

/** Browsers let a request outlive its page up to 64 KiB. */
const MOST_KEPT_ALIVE = 60_000

/** Writes a message, and changes the ticket along with it. Raises Problem. */
export async function write(ref: string, message: NewMessage, key: string): Promise<Ticket> {
  const params = { path: { ref } }
  const headers = { 'Idempotency-Key': key }
  const keepalive = JSON.stringify(message).length * 3 < MOST_KEPT_ALIVE
  const call = api.POST('/api/desk/v1/tickets/{ref}/messages', { params, headers, body: message, keepalive })
  return (await take(call)).ticket
}

beforeSignOut.add(() => {
  const all = [...pending.values()].flat()
  for (const entry of all) entry.now()
  return Promise.all(all.map((entry) => entry.sent))
})
