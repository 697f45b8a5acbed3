import { nextTick, type ShallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'

/**
 * After a page change the keyboard and the screen reader start at its heading (or its main part), not where the old
 * page's link was. A change of the query alone is the same page.
 */
export function usePageFocus(main: Readonly<ShallowRef<HTMLElement | null>>): void {
  useRouter().afterEach(async (to, from, failure) => {
    if (failure || to.path === from.path || from.matched.length === 0) return
    await nextTick()
    focusHeading(main.value)
  })
}

/**
 * Where the page puts one part in the place of another (what it loaded for a skeleton), the keyboard starts at the new
 * heading again when it was in the old part. Call in setup.
 */
export function useKeptFocus(part: () => unknown): void {
  watch(part, async () => {
    const had = document.activeElement
    await nextTick()
    if (had && !had.isConnected) focusHeading(document.querySelector<HTMLElement>('main'))
  })
}

function focusHeading(main: HTMLElement | null): void {
  const heading = main?.querySelector<HTMLElement>('h1')
  heading?.setAttribute('tabindex', '-1')
  ;(heading ?? main)?.focus({ preventScroll: true })
}
