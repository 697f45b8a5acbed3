import { type ComputedRef, computed, nextTick, type Ref, ref, watch } from 'vue'
import { useAgents } from '@/api/lists'
import { useMe } from '@/api/me'
import { sees } from '@/ui/hands'
import { begunAt, completed, namesLike } from './mentions'
import { useTicket } from './ticket'

export interface Mentioning {
  /** Who may be meant by the `@` before the caret; nobody while none is being written. */
  names: ComputedRef<string[]>
  chosen: Ref<number>
  /** To be called whenever the caret may have moved. */
  look: () => void
  /** Takes the keys that are for the list. */
  press: (event: KeyboardEvent) => void
  insert: (name: string | undefined) => Promise<void>
  close: () => void
}

/** Offers colleagues who see the ticket after an `@` in a field, while `isOn`. Call in setup. */
export function useMentioning(
  field: Readonly<Ref<HTMLTextAreaElement | null>>,
  body: Ref<string>,
  isOn: Ref<boolean>,
): Mentioning {
  const { me } = useMe()
  const desk = useTicket()
  const agents = useAgents()
  const caret = ref(0)
  const chosen = ref(0)
  /** Where an `@` stands whose list was closed. */
  const closedAt = ref<number>()
  const begun = computed(() => (isOn.value ? begunAt(body.value, caret.value) : undefined))
  const colleagues = computed(() =>
    (agents.data.value ?? [])
      .filter((one) => one.id !== me.value?.id && sees(one, desk.ticket.value?.area ?? ''))
      .map((one) => one.name),
  )
  const names = computed(() =>
    begun.value && begun.value.at !== closedAt.value ? namesLike(begun.value.name, colleagues.value) : [],
  )
  watch(names, () => {
    chosen.value = 0
  })
  watch(
    () => begun.value?.at,
    () => {
      closedAt.value = undefined
    },
  )

  const look = (): void => {
    caret.value = field.value?.selectionStart ?? 0
  }
  const close = (): void => {
    closedAt.value = begun.value?.at
  }
  const step = (by: number): void => {
    chosen.value = (chosen.value + by + names.value.length) % names.value.length
  }

  async function insert(name: string | undefined): Promise<void> {
    if (!begun.value || name === undefined) return
    const made = completed(body.value, caret.value, begun.value, name)
    body.value = made.text
    await nextTick()
    field.value?.focus()
    field.value?.setSelectionRange(made.caret, made.caret)
    look()
  }

  const KEYS: Record<string, () => unknown> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => insert(names.value[chosen.value]),
    Tab: () => insert(names.value[chosen.value]),
    Escape: close,
  }

  function press(event: KeyboardEvent): void {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.isComposing
    const act = names.value.length > 0 && isPlain ? KEYS[event.key] : undefined
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  return { names, chosen, look, press, insert, close }
}
