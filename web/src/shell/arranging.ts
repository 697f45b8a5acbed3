import { type ComputedRef, computed, ref } from 'vue'
import { type Arranged, inOrder, moved } from '@/ui/arranging'
import { useNotices } from './notices'

export interface Arranging<T> {
  /** The list as it is to be: at once, before the desk knows. */
  shown: ComputedRef<T[]>
  move: (id: string, to: number) => void
}

/**
 * Putting a list into another order. What is moved while another move is being kept is kept after it, as one order.
 * Call in setup.
 */
export function useArranging<T extends Arranged>(options: {
  list: () => readonly T[]
  save: (ids: string[]) => Promise<unknown>
  reload: () => Promise<unknown>
}): Arranging<T> {
  const notices = useNotices()
  const wanted = ref<string[]>()
  const shown = computed(() => inOrder(options.list(), wanted.value))
  let isKeeping = false

  function move(id: string, to: number): void {
    const ids = shown.value.map((thing) => thing.id)
    wanted.value = moved(ids, id, to)
    void keep()
  }

  async function keep(): Promise<void> {
    if (isKeeping) return
    isKeeping = true
    try {
      for (let kept: string[] | undefined; wanted.value && wanted.value !== kept; ) {
        kept = wanted.value
        await options.save(kept)
        await options.reload()
      }
    } catch (error) {
      await options.reload()
      notices.failed(error)
    } finally {
      isKeeping = false
      wanted.value = undefined
    }
  }

  return { shown, move }
}
