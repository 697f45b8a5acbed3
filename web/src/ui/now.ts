import { useNow } from '@vueuse/core'

/** One clock for all countdowns and "… ago": many rows, one timer. It moves every ten seconds. */
export const now = useNow({ interval: 10_000 })
