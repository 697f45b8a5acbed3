import { nextTick, type ShallowRef } from 'vue'
import { useRouter } from 'vue-router'

/**
 * After a page change the keyboard and the screen reader start at its heading (or its main part), not where the old
 * page's link was. A change of the query alone is the same page.
 */
export function usePageFocus(main: Readonly<ShallowRef<HTMLElement | null>>): void {
  useRouter().afterEach(async (to, from, failure) => {
    if (failure || to.path === from.path || from.matched.length === 0) return
    await nextTick()
    const heading = main.value?.querySelector<HTMLElement>('h1')
    heading?.setAttribute('tabindex', '-1')
    ;(heading ?? main.value)?.focus({ preventScroll: true })
  })
}
