import { reactive, readonly } from 'vue'

/** How the last calls fared. The banner shows the first that holds; `session` has a dialog of its own. */
interface Connection {
  /** No answer came: the network or the server is gone. */
  isOffline: boolean
  /** The server answered that it cannot serve just now (502, 503, 504). */
  isUnavailable: boolean
  /** When calls may go out again after a 429, in milliseconds of Date.now(); 0 when there is no limit. */
  limitedUntil: number
}

const state = reactive<Connection>({ isOffline: false, isUnavailable: false, limitedUntil: 0 })

export const connection = readonly(state)

/** Whether the desk did not answer the last call. */
export const isAway = (): boolean => state.isOffline || state.isUnavailable

export const noted = {
  answer(): void {
    Object.assign(state, { isOffline: false, isUnavailable: false, limitedUntil: 0 })
  },
  /** Something came, of whatever kind. */
  contact(): void {
    Object.assign(state, { isOffline: false, isUnavailable: false })
  },
  silence(): void {
    Object.assign(state, { isOffline: true, isUnavailable: false })
  },
  unavailable(): void {
    Object.assign(state, { isOffline: false, isUnavailable: true })
  },
  limited(seconds: number): void {
    Object.assign(state, { isOffline: false, isUnavailable: false, limitedUntil: Date.now() + seconds * 1000 })
  },
}

/** Asks whether the server is there: there may be nobody else who asks it for anything just now. */
export async function probe(): Promise<void> {
  if (state.isOffline || state.isUnavailable) return
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined)
  if (!answer) noted.silence()
}
