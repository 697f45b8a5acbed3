import { type MaybeComputedElementRef, unrefElement, useResizeObserver } from '@vueuse/core'

/**
 * Whoever writes keeps the box where it is while `above` grows or shrinks: `scroller` goes along. Who has scrolled away
 * from the box reads on. Call in setup. Beware: the browser's own anchoring must be off meanwhile.
 */
export function useSteadyBox(
  scroller: MaybeComputedElementRef,
  above: MaybeComputedElementRef,
  box: MaybeComputedElementRef,
): void {
  let height: number | undefined
  useResizeObserver(above, ([entry]) => {
    const now = entry?.contentRect.height ?? 0
    const moved = now - (height ?? now)
    height = now
    const [frame, written] = [unrefElement(scroller), unrefElement(box)]
    if (!moved || !frame || !written?.contains(document.activeElement)) return
    const wasSeen = written.getBoundingClientRect().top - moved < frame.getBoundingClientRect().bottom
    if (wasSeen) frame.scrollTop += moved
  })
}
