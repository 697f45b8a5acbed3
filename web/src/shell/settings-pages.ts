import { type ComputedRef, computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useMe } from '@/api/me'

export interface SettingsPageLink {
  /** The route's name. */
  name: string
  label: string
  icon: `i-lucide-${string}`
  section: 'you' | 'work' | 'desk'
}

/** The pages of the settings that the person may use. A new page is one line here and one in router.ts. */
export function useSettingsPages(): ComputedRef<SettingsPageLink[]> {
  const { t } = useI18n()
  const { may } = useMe()
  return computed(() => {
    const all: Array<SettingsPageLink & { permission?: string }> = [
      { name: 'profile', label: t('pages.profile'), icon: 'i-lucide-circle-user-round', section: 'you' },
      { name: 'views', label: t('pages.views'), icon: 'i-lucide-bookmark', section: 'work' },
      { name: 'macros', label: t('pages.macros'), icon: 'i-lucide-zap', section: 'work' },
      { name: 'tags', label: t('pages.tags'), icon: 'i-lucide-tag', section: 'work', permission: 'tag' },
      {
        name: 'fields',
        label: t('pages.fields'),
        icon: 'i-lucide-text-cursor-input',
        section: 'desk',
        permission: 'manage_fields',
      },
      {
        name: 'people',
        label: t('pages.people'),
        icon: 'i-lucide-users-round',
        section: 'desk',
        permission: 'manage_accounts',
      },
      {
        name: 'keys',
        label: t('pages.keys'),
        icon: 'i-lucide-key-round',
        section: 'desk',
        permission: 'manage_accounts',
      },
    ]
    return all.filter((page) => !page.permission || may(page.permission))
  })
}
