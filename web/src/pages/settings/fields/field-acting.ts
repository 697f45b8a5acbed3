import { useQueryClient } from '@tanstack/vue-query'
import { useI18n } from 'vue-i18n'
import { keys } from '@/api/keys'
import { Problem } from '@/api/problem'
import type { CustomField } from '@/api/types'
import { useNotices } from '@/shell/notices'
import { changeField, removeField } from './fields'

/** Taking a field out of use and back, with an undo, and removing it. Call in setup. */
export function useFieldActing() {
  const { t } = useI18n()
  const notices = useNotices()
  const queries = useQueryClient()
  const reload = (): Promise<unknown> => queries.invalidateQueries({ queryKey: keys.fields })

  async function turn(field: CustomField, isActive: boolean): Promise<void> {
    try {
      const changed = await changeField(field.id, field.version, { is_active: isActive })
      const text = t(isActive ? 'fields.turnedOn' : 'fields.turnedOff', { name: field.name })
      notices.done(text, () => turn(changed, !isActive))
    } catch (problem) {
      notices.failed(problem)
    } finally {
      await reload()
    }
  }

  /** Tells `used` when tickets have values in a field that could be switched off instead. */
  async function remove(field: CustomField): Promise<'done' | 'used'> {
    try {
      await removeField(field)
      notices.done(t('arranging.removed', { name: field.name }))
    } catch (problem) {
      if (problem instanceof Problem && problem.kind === 'conflict' && field.is_active) return 'used'
      notices.failed(problem)
    } finally {
      await reload()
    }
    return 'done'
  }
  return { turn, remove, reload }
}
