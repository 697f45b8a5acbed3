export const SNOOZES = ['hour', 'tomorrow', 'monday', 'week'] as const
export type Snooze = (typeof SNOOZES)[number]

/** When a ticket comes back that is put away at `now`; mornings are at nine on the clock of whoever asks. */
export function wakingTime(snooze: Snooze, now: Date): Date {
  const at = new Date(now)
  if (snooze === 'hour') {
    at.setHours(at.getHours() + 1)
    return at
  }
  const days = { tomorrow: 1, monday: (8 - at.getDay()) % 7 || 7, week: 7 }[snooze]
  at.setDate(at.getDate() + days)
  at.setHours(9, 0, 0, 0)
  return at
}

/** A moment as a field for day and time has it, on the clock of whoever asks: `2026-11-25T15:30`. */
export function localTime(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}

/** Until when the ticket is put away, if it still is: nothing is told when its time comes. */
export const snoozedUntil = (until: string | null, now: Date): string | undefined =>
  until && Date.parse(until) > now.getTime() ? until : undefined
