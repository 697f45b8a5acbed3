import { useI18n } from 'vue-i18n'
import { useNotices } from './notices'

/** Removes something at once, with an undo in the notice that makes it anew. Call in setup. */
export function useRemoval<T extends { name: string }>(options: {
  remove: (thing: T) => Promise<unknown>
  restore: (thing: T) => Promise<unknown>
  reload: () => Promise<unknown>
}): (thing: T) => Promise<void> {
  const { t } = useI18n()
  const notices = useNotices()

  async function restore(thing: T): Promise<void> {
    try {
      await options.restore(thing)
      notices.done(t('arranging.restored', { name: thing.name }))
    } catch (error) {
      notices.failed(error, () => restore(thing))
    } finally {
      await options.reload()
    }
  }

  return async (thing) => {
    try {
      await options.remove(thing)
      notices.done(t('arranging.removed', { name: thing.name }), () => restore(thing))
    } catch (error) {
      notices.failed(error)
    } finally {
      await options.reload()
    }
  }
}
