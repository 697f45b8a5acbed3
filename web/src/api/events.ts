import { onScopeDispose, readonly, ref } from 'vue'
import { noted, probe } from './connection'

export interface DeskEvent {
  id: string
  kind: string
  at: string
  ticket: { id: number; label: string; area: string | null }
  actor: { kind: string; name: string; id: string | null } | null
  changes: Record<string, [unknown, unknown]> | null
  message_id: number | null
}
export interface EventHandlers {
  /** A ticket changed, in the caller's sight; or left it, with kind `ticket.gone`. */
  ticket?: (event: DeskEvent) => void
  presence?: (event: { ticket_id: number }) => void
  notification?: (event: { unread: number }) => void
  /** The stream has begun, or was gone and is back: whatever came before may be old. */
  resumed?: () => void
}

/** The kinds that the core knows (core/events.py): a stream of named events has to be listened to name by name. */
const TICKET_EVENTS = [
  ...['opened', 'started', 'assigned', 'transferred', 'reclassified', 'updated', 'paused', 'resumed', 'resolved'],
  ...['closed', 'cancelled', 'archived', 'reopened', 'read', 'unread', 'edited', 'tagged', 'filled_in', 'snoozed'],
  ...['woken', 'merged', 'unmerged', 'took_in', 'let_go', 'split', 'linked', 'unlinked', 'gone'],
].map((name) => `ticket.${name}`)
const OTHER_EVENTS = ['message.answered', 'message.replied', 'message.noted', 'attachment.added', 'attachment.removed']

const ADDRESS = '/api/desk/v1/events'
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000

const handlers = new Set<EventHandlers>()
const live = ref(false)
let source: EventSource | undefined
let again: ReturnType<typeof setTimeout> | undefined
let pause = FIRST_PAUSE
let last = ''

/** Whether changes arrive by themselves just now. */
export const isLive = readonly(live)

/** Calls the handlers while the component lives. All users share one stream, which stops with the last of them. */
export function useEvents(wanted: EventHandlers): void {
  handlers.add(wanted)
  if (!source && !again) open()
  onScopeDispose(() => {
    handlers.delete(wanted)
    if (handlers.size === 0) close()
  })
}

function open(): void {
  again = undefined
  source = new EventSource(last ? `${ADDRESS}?after=${encodeURIComponent(last)}` : ADDRESS)
  source.onopen = opened
  source.onerror = failed
  source.onmessage = (event) => tellTicket(event)
  for (const kind of [...TICKET_EVENTS, ...OTHER_EVENTS]) source.addEventListener(kind, tellTicket)
  source.addEventListener('presence', (event) => tell('presence', JSON.parse(event.data)))
  source.addEventListener('notification', (event) => tell('notification', JSON.parse(event.data)))
}

function opened(): void {
  pause = FIRST_PAUSE
  live.value = true
  noted.contact()
  for (const handler of handlers) handler.resumed?.()
}

/** The browser tries again by itself only after a dropped connection, never after an answer such as 401 or 503. */
function failed(): void {
  live.value = false
  void probe()
  if (source?.readyState !== EventSource.CLOSED) return
  source = undefined
  again = setTimeout(open, pause)
  pause = Math.min(pause * 2, LONGEST_PAUSE)
}

function close(): void {
  source?.close()
  clearTimeout(again)
  source = undefined
  again = undefined
  live.value = false
  last = ''
}

function tellTicket(event: MessageEvent<string>): void {
  last = event.lastEventId || last
  tell('ticket', JSON.parse(event.data))
}

function tell<K extends 'ticket' | 'presence' | 'notification'>(
  kind: K,
  value: Parameters<NonNullable<EventHandlers[K]>>[0],
): void {
  for (const handler of handlers) (handler[kind] as ((event: typeof value) => void) | undefined)?.(value)
}
