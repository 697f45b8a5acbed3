import { computed, type Ref, ref, shallowRef, watch } from 'vue'

/** Which ticket the keyboard is at, and which are ticked. Both by id, so that they stay when rows come and go. */
export function usePicking(ids: Ref<number[]>) {
  const cursor = ref<number>()
  const picked = shallowRef<ReadonlySet<number>>(new Set())
  let anchor: number | undefined

  const at = computed(() => (cursor.value === undefined ? -1 : ids.value.indexOf(cursor.value)))
  watch(ids, (now) => {
    const left = [...picked.value].filter((id) => now.includes(id))
    if (left.length < picked.value.size) picked.value = new Set(left)
  })

  /** Moves the cursor; returns the index it came to, or nothing for an empty list. */
  function move(by: number): number | undefined {
    if (ids.value.length === 0) return undefined
    const index = at.value < 0 ? 0 : Math.min(Math.max(at.value + by, 0), ids.value.length - 1)
    cursor.value = ids.value[index]
    return index
  }

  /** Where the cursor's ticket left the list, the one that came into its place has it. */
  function stay(index: number): void {
    if (index >= 0 && at.value < 0) cursor.value = ids.value[Math.min(index, ids.value.length - 1)] ?? cursor.value
  }

  function toggle(id: number): void {
    const next = new Set(picked.value)
    if (!next.delete(id)) next.add(id)
    picked.value = next
    anchor = id
  }

  /** Ticks all from the last one that was ticked to this one. */
  function extend(id: number): void {
    const [from, to] = [ids.value.indexOf(anchor ?? id), ids.value.indexOf(id)].sort((a, b) => a - b)
    if (from === undefined || to === undefined || from < 0) {
      toggle(id)
      return
    }
    picked.value = new Set([...picked.value, ...ids.value.slice(from, to + 1)])
    anchor = id
  }

  const all = (): void => {
    picked.value = new Set(ids.value)
  }
  const none = (): void => {
    picked.value = new Set()
  }
  const isAll = computed(() => ids.value.length > 0 && picked.value.size === ids.value.length)
  return { cursor, picked, at, move, stay, toggle, extend, all, none, isAll }
}
