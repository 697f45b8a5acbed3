/** Times as people read them. All of them take ISO 8601 text from the API and the language on screen. */

const STEPS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** The variant of the language that the browser asks for: British people write dates otherwise than Americans. */
const regional = (language: string): string =>
  navigator.languages.find((wanted) => wanted.split('-')[0] === language) ?? language

/** Formats are dear to make, and rows of a list want the same ones. */
const formats = new Map<string, unknown>()
function once<T>(key: string, make: () => T): T {
  const made = (formats.get(key) as T | undefined) ?? make()
  formats.set(key, made)
  return made
}

/** "5 minutes ago", "in 3 days". `now` is in milliseconds, as of Date.now(). */
export function relative(at: string, now: number, language: string): string {
  const seconds = (Date.parse(at) - now) / 1000
  const format = once(`relative ${language}`, () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size)
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'second')
}

/** "now", "57 min", "3 h", "12 d" and then the day, "3 Feb": since when, where a head says what. */
export function age(at: string, now: number, language: string): string {
  const minutes = Math.floor((now - Date.parse(at)) / 60_000)
  if (minutes < 1) return relative(at, now, language)
  if (minutes < 60) return `${minutes} min`
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h`
  return minutes < 43_200 ? `${Math.floor(minutes / 1_440)} d` : dayOfMonth(at, language)
}

const dayOfMonth = (at: string, language: string): string =>
  once(
    `day, month ${regional(language)}`,
    () => new Intl.DateTimeFormat(regional(language), { day: 'numeric', month: 'short' }),
  ).format(new Date(at))

/** "15 March 2026 at 11:00", for titles and lists. */
export const exact = (at: string, language: string): string =>
  once(
    `dateStyle: long, timeStyle: short ${regional(language)}`,
    () => new Intl.DateTimeFormat(regional(language), { dateStyle: 'long', timeStyle: 'short' }),
  ).format(new Date(at))

/** "26 Nov, 09:00", where there is little room. */
export const brief = (at: string, language: string): string =>
  once(
    `day, month, hour, minute ${regional(language)}`,
    () =>
      new Intl.DateTimeFormat(regional(language), {
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
      }),
  ).format(new Date(at))

/** "15 Mar 2026". */
export const day = (at: string, language: string): string =>
  once(
    `dateStyle: medium ${regional(language)}`,
    () => new Intl.DateTimeFormat(regional(language), { dateStyle: 'medium' }),
  ).format(new Date(at))
