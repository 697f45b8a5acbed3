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
