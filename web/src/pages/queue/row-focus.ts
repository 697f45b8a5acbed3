import { type ComputedRef, nextTick, type Ref, shallowRef, watch } from 'vue'
import type { usePicking } from './picking'
import type { Asked, ShownRow } from './queue'

interface Parts {
  picking: ReturnType<typeof usePicking>
  rows: ComputedRef<ShownRow[]>
  asked: Ref<Asked>
  isFetching: Readonly<Ref<boolean>>
  /** Whether the keyboard is in the filter still, with nothing written since it asked. */
  isInFilter: () => boolean
  /** Brings the row of this index into sight and the keyboard to it. */
  reach: (index: number) => void
  /** Brings the keyboard to the row of this index where it is in sight. */
  touch: (index: number) => void
}

/** Brings the keyboard to the list by itself; never away from a place where somebody put it meanwhile. */
export function useRowFocus({ picking, rows, asked, isFetching, isInFilter, reach, touch }: Parts) {
  /** The filter whose list is waited for, and whether its first row is meant or the one that was current. */
  const wanted = shallowRef<{ query: string; isFirst: boolean }>()

  watch(
    () => wanted.value !== undefined && wanted.value.query === asked.value.query && !isFetching.value,
    (isThere) => {
      if (!isThere) return
      const isFirst = wanted.value?.isFirst
      wanted.value = undefined
      if (isFirst && isInFilter()) toFirst()
      else if (!isFirst && isNowhere() && picking.at.value >= 0) reach(picking.at.value)
    },
    { flush: 'post' },
  )

  function toFirst(): void {
    if (rows.value.length > 0) reach(0)
  }
  /** Changes the list; the current row, or the one that comes into its place, is current then. */
  async function keep(change: () => unknown, how: 'reach' | 'touch' = 'reach'): Promise<void> {
    const index = picking.at.value
    await change()
    picking.stay(index)
    await nextTick()
    if (picking.at.value < 0 || !isNowhere()) return
    if (how === 'reach') reach(picking.at.value)
    else touch(picking.at.value)
  }
  function whenFound(query: string, isFirst: boolean): void {
    wanted.value = { query, isFirst }
  }
  return { toFirst, keep, whenFound }
}

/** Whether what had the keyboard is gone, or is a notice whose button was pressed. */
const isNowhere = (): boolean =>
  document.activeElement === document.body || document.activeElement?.closest('ol[data-slot=viewport]') != null
