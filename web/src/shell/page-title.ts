import { watchEffect } from 'vue'
import { i18n } from '@/i18n'

/** Names the browser's tab after the page while it is shown. */
export function usePageTitle(title: () => string): void {
  watchEffect(() => {
    const name = i18n.global.t('app')
    document.title = title() ? `${title()} · ${name}` : name
  })
}
