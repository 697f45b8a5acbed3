/** Where notices stand: over the part of the page that is only read, so that they cover none of its bars and fields. */
import { computed, onScopeDispose, type Ref, shallowReactive, watch } from 'vue'

type Part = Readonly<Ref<HTMLElement | null | undefined>>
/** `end`: in the lower corner of the part, before what is read first; `start`: at its top, away from where one writes. */
type Edge = 'start' | 'end'

const parts = shallowReactive(new Set<{ part: Part; edge: Edge }>())
const here = computed(() => [...parts].findLast(({ part }) => part.value))

/** Lets notices stand over this part of the page while the component lives; the part that came last has them. */
export function useNoticesOver(part: Part, edge: Edge): void {
  const one = { part, edge }
  parts.add(one)
  onScopeDispose(() => parts.delete(one))
}

/** Keeps the place of the notices in the variables `--notices-*` of the page. Called once, by the app. */
export function useNoticePlace() {
  const part = computed(() => here.value?.part.value)
  const observer = new ResizeObserver(([entry]) => entry && measure(entry.target))
  watch(part, (now) => {
    observer.disconnect()
    if (now) observer.observe(now)
  })
  onScopeDispose(() => observer.disconnect())
  return computed(() => (here.value?.edge === 'start' ? 'top-center' : 'bottom-right'))
}

function measure(part: Element): void {
  const { top, bottom, left, right } = part.getBoundingClientRect()
  const { clientWidth, clientHeight, style } = document.documentElement
  style.setProperty('--notices-top', `${top}px`)
  style.setProperty('--notices-bottom', `${clientHeight - bottom}px`)
  style.setProperty('--notices-middle', `${(left + right) / 2}px`)
  style.setProperty('--notices-right', `${clientWidth - right}px`)
}
