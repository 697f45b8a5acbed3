import type { TicketRow } from '@/api/types'

type Sla = TicketRow['sla']
export type SlaLevel = 'calm' | 'soon' | 'late' | 'still'

const SOON_SECONDS = 7_200

/** Seconds until the ticket is due, negative when it is late. `now` is in milliseconds; a clock that stands does not move. */
export const remaining = (sla: Sla, now: number): number =>
  sla.state === 'running' ? (Date.parse(sla.due_at) - now) / 1000 : sla.remaining_seconds

export function levelOf(sla: Sla, now: number): SlaLevel {
  if (sla.state === 'stopped') return sla.is_breached ? 'late' : 'still'
  const left = remaining(sla, now)
  if (left < 0) return 'late'
  if (sla.state === 'paused') return 'still'
  return left < SOON_SECONDS ? 'soon' : 'calm'
}

/** "3 d", "16 h", "5 min": how late is told roughly. */
export const roughly = (seconds: number): string => span(seconds).split(' ').slice(0, 2).join(' ')

/** "3 d 4 h", "2 h 5 min", "12 min": the two largest units of a span of seconds, whatever its sign. */
export function span(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`
  if (hours > 0) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
  return `${minutes} min`
}
