import { ref } from 'vue'

/**
 * The session ended while somebody worked: calls wait here until the dialog over the page has a new one.
 * `isAsking` shows the dialog; it answers with `settle`.
 */
const isAsking = ref(false)
let waiting: Array<(renewed: boolean) => void> = []

export const sessionEnd = {
  isAsking,
  renew(): Promise<boolean> {
    isAsking.value = true
    return new Promise((resolve) => {
      waiting.push(resolve)
    })
  },
  settle(renewed: boolean): void {
    isAsking.value = false
    for (const resolve of waiting) resolve(renewed)
    waiting = []
  },
}
