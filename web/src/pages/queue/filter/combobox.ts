import { computed, nextTick, type Ref, ref, watch } from 'vue'
import { locale } from '@/i18n'
import { useLists } from './lists'
import { completed, type Suggestion, suggestions } from './suggesting'

/** The list under the filter: what it holds, which of it the keyboard is at, and what the keys do. */
export function useCombobox(text: Ref<string>, box: Readonly<Ref<HTMLInputElement | null>>) {
  const isUsed = ref(false)
  const isOpen = ref(false)
  const isAsked = ref(false)
  const caret = ref(0)
  const at = ref(-1)
  const lists = useLists(isUsed)
  const items = computed<Suggestion[]>(() => {
    const rest = text.value.slice(caret.value)
    if (!isOpen.value || /^\S/.test(rest)) return []
    return suggestions(text.value.slice(0, caret.value), locale.value, lists.value, isAsked.value)
  })
  watch(items, (now, before) => {
    if (now.map(({ text }) => text).join() !== before.map(({ text }) => text).join()) at.value = -1
  })

  function open(asked = false): void {
    isUsed.value = true
    isOpen.value = true
    isAsked.value = asked
    caret.value = box.value?.selectionStart ?? text.value.length
  }
  function close(): void {
    isOpen.value = false
    at.value = -1
  }

  async function choose(one: Suggestion): Promise<void> {
    const next = completed(text.value.slice(0, caret.value), text.value.slice(caret.value), one)
    text.value = next.text
    await nextTick()
    box.value?.focus()
    box.value?.setSelectionRange(next.caret, next.caret)
    if (one.name) open()
    else close()
  }

  function step(by: number): void {
    if (items.value.length === 0) open(true)
    // One place before the first is the box itself.
    const places = items.value.length + 1
    if (places > 1) at.value = ((at.value + 1 + by + places) % places) - 1
  }

  /** Returns whether the key was meant for the list. */
  function press(key: string): boolean {
    const here = items.value[at.value]
    if (key === 'ArrowDown') step(1)
    else if (key === 'ArrowUp') step(-1)
    else if (key === 'Enter' && here) void choose(here)
    else if (key === 'Escape' && items.value.length > 0) close()
    else return false
    return true
  }

  return { items, at, isUsed, open, close, choose, press }
}
