import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { chooseLocale, chooseTheme } from '@/api/me'
import { findTickets } from '@/api/ticket-search'
import { type Command, type Found, useCommands, useSearchers } from './commands'
import { openOverlay } from './overlays'
import { useSettingsPages } from './settings-pages'
import { THEMES, theme } from './theme'

const THEME_ICONS = { system: 'i-lucide-monitor', light: 'i-lucide-sun', dark: 'i-lucide-moon' } as const

/** What can be done from everywhere. */
export function useDeskCommands(): void {
  const { t, locale } = useI18n()
  const router = useRouter()
  const route = useRoute()
  const pages = useSettingsPages()

  const overlaysOpened = (): Command[] => [
    {
      id: 'palette',
      label: t('palette.open'),
      group: 'desk',
      keys: 'meta_k',
      isGlobal: true,
      isQuiet: true,
      run: () => openOverlay('palette'),
    },
    {
      id: 'shortcuts',
      label: t('shortcuts.show'),
      group: 'desk',
      icon: 'i-lucide-keyboard',
      keys: '?',
      run: () => openOverlay('shortcuts'),
    },
    {
      id: 'notices',
      label: t('notices.keys'),
      group: 'desk',
      keys: 'f8',
      isQuiet: true,
      isNative: true,
      run: () => undefined,
    },
  ]

  const goes = (): Command[] => [
    {
      id: 'go-queue',
      label: t('palette.goTo', { page: t('nav.queue') }),
      group: 'go',
      icon: 'i-lucide-inbox',
      keys: 'g-q',
      run: () => router.push({ name: 'queue' }),
    },
    {
      id: 'go-notifications',
      label: t('palette.goTo', { page: t('notifications.title') }),
      group: 'go',
      icon: 'i-lucide-bell',
      keys: 'g-n',
      run: () => openOverlay('notifications'),
    },
    {
      id: 'go-settings',
      label: t('palette.goTo', { page: t('nav.settings') }),
      group: 'go',
      isQuiet: true,
      keys: 'g-s',
      run: () => router.push({ name: 'profile' }),
    },
    ...pages.value.map((page) => ({
      id: `go-${page.name}`,
      label: t('palette.goTo', { page: page.label }),
      group: 'go' as const,
      icon: page.icon,
      run: () => router.push({ name: page.name }),
    })),
  ]

  const looks = (): Command[] => [
    ...THEMES.filter((one) => one !== theme.value).map((one) => ({
      id: `theme-${one}`,
      label: t('palette.useTheme', { theme: t(`theme.${one}`) }),
      group: 'desk' as const,
      icon: THEME_ICONS[one],
      run: () => chooseTheme(one),
    })),
    {
      id: 'language',
      label: t('palette.useLanguage'),
      group: 'desk',
      icon: 'i-lucide-languages',
      run: () => chooseLocale(locale.value === 'es' ? 'en' : 'es'),
    },
  ]

  async function tickets(term: string): Promise<Found[]> {
    // A query that cannot be read finds nothing; the next key may mend it.
    const found = await findTickets(term).catch(() => [])
    return found.map(({ label, subject, requester }) => ({
      id: label,
      label: `${label} ${subject}`,
      suffix: requester.name,
      icon: 'i-lucide-ticket',
      run: () => router.push({ name: 'ticket', params: { ref: label } }),
    }))
  }

  useCommands(() => (route.meta.isOpen ? [] : [...overlaysOpened(), ...goes(), ...looks()]))
  useSearchers(() => (route.meta.isOpen ? [] : [{ id: 'tickets', label: t('palette.tickets'), search: tickets }]))
}
