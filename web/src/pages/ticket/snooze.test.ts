import { expect, test } from 'vitest'
import { wakingTime } from './snooze'

const on = (day: number): Date => new Date(2026, 10, day, 15, 30)

test.each([
  ['hour', on(25), new Date(2026, 10, 25, 16, 30)],
  ['tomorrow', on(30), new Date(2026, 11, 1, 9)],
  ['monday', on(25), new Date(2026, 10, 30, 9)],
  ['monday', on(30), new Date(2026, 11, 7, 9)],
  ['monday', on(29), new Date(2026, 10, 30, 9)],
  ['week', on(25), new Date(2026, 11, 2, 9)],
] as const)('%s from %s', (snooze, now, until) => {
  expect(wakingTime(snooze, now)).toEqual(until)
})
