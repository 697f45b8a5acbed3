/** Where notices stand: beside what one reads and writes, in the lower left corner of a part that has room below. */
import { onScopeDispose, type Ref, shallowReactive, watch } from 'vue'

type Part = Readonly<Ref<HTMLElement | null | undefined>>

const parts = shallowReactive(new Set<{ part: Part; rank: number }>())

/** Lets notices stand over this part of the page while the component lives; the one of the highest rank in sight has them. */
export function useNoticesOver(part: Part, rank: number): void {
  const one = { part, rank }
  parts.add(one)
  onScopeDispose(() => parts.delete(one))
}

/** Keeps the place of the notices in the variables `--notices-*` of the page. Called once, by the app. */
export function useNoticePlace(): void {
  const observer = new ResizeObserver(measure)
  watch(
    () => [...parts].map(({ part }) => part.value),
    (now) => {
      observer.disconnect()
      for (const part of now) if (part) observer.observe(part)
    },
  )
  onScopeDispose(() => observer.disconnect())
}

function measure(): void {
  const [part] = [...parts]
    .filter(({ part }) => part.value?.offsetWidth)
    .sort((one, other) => other.rank - one.rank)
    .map((one) => one.part.value)
  if (!part) return
  const { bottom, left, width } = part.getBoundingClientRect()
  const { clientHeight, style } = document.documentElement
  style.setProperty('--notices-bottom', `${clientHeight - bottom}px`)
  style.setProperty('--notices-left', `${left}px`)
  style.setProperty('--notices-width', `${width}px`)
}
