import { onScopeDispose } from 'vue'
import { useI18n } from 'vue-i18n'

/**
 * Beware: a dialog hides from whoever listens to the page all that is not in it, notices too; Reka hides from them two
 * places that the Tab key stops at, and names the region of the notices in English. Called once, by the app.
 */
export function useNoticeRegion(): void {
  const { t } = useI18n()
  const observer = new MutationObserver(() => {
    const region = document.querySelector('body > [role=region]:has(> ol[data-slot=viewport])')
    if (!region) return
    observer.observe(region, { childList: true, subtree: true })
    region.setAttribute('aria-label', t('notices.region', { hotkey: 'F8' }))
    region.removeAttribute('aria-hidden')
    for (const stop of region.querySelectorAll(':scope > [aria-hidden]')) stop.removeAttribute('aria-hidden')
  })
  // The region comes to the body after the app.
  observer.observe(document.body, { childList: true })
  onScopeDispose(() => observer.disconnect())
}
