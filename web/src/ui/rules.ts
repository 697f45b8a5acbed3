import { useI18n } from 'vue-i18n'
import type { Rule } from './form'

export const LEAST_PASSWORD = 8

/** Rules whose sentences follow the language. Call in setup. */
export function useRules(): { required: Rule<string>; email: Rule<string>; password: Rule<string> } {
  const { t } = useI18n()
  const required: Rule<string> = (value) => (value.trim() ? undefined : t('common.required'))
  return {
    required,
    email: (value) => required(value) ?? (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? undefined : t('common.badEmail')),
    password: (value) =>
      [...value].length < LEAST_PASSWORD ? t('account.passwordShort', { least: LEAST_PASSWORD }) : undefined,
  }
}
