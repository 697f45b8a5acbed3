import { useI18n } from 'vue-i18n'
import { useNoticeList } from './notice-list'
import { useProblemText } from './problem-text'

const UNDO_SECONDS = 8

export interface Notices {
  /** Something was done. With `undo`, a button takes it back. */
  done: (text: string, undo?: () => unknown) => void
  /** Something failed: what, where `title` says so. With `retry`, a button tries again, or does what `label` says. */
  failed: (error: unknown, retry?: () => unknown, title?: string, label?: string) => void
  /** Something did not work out and waits: the notice stays until `again` is pressed, or the returned function called. */
  waits: (title: string, detail: string, again: () => unknown) => () => void
  /** Something to know, and where to go on. */
  told: (text: string, label: string, go: () => unknown) => void
  /** Something came in between; `again` does it after all. */
  warned: (title: string, detail: string, again: () => unknown) => void
  /**
   * Does `act` after `seconds` unless it is taken back; returns a function that does it at once. Leaving the page does
   * it at once too, so that nothing is lost: it then tells `act` that there is no time to wait for anything.
   */
  delayed: (text: string, seconds: number, act: (isLeaving: boolean) => unknown, takeBack: () => unknown) => () => void
}

/** Short messages at the edge of the screen. Call in setup. */
export function useNotices(): Notices {
  const toast = useNoticeList()
  const { t } = useI18n()
  const textOf = useProblemText()

  function done(text: string, undo?: () => unknown): void {
    const shown = toast.add({
      title: text,
      icon: 'i-lucide-circle-check',
      color: 'success',
      duration: (undo ? UNDO_SECONDS : 4) * 1000,
      ...(undo ? { actions: [button(t('notices.undo'), () => [toast.remove(shown.id), undo()])] } : {}),
    })
  }

  function failed(error: unknown, retry?: () => unknown, title?: string, label = t('notices.retry')): void {
    const shown = toast.add({
      title: title ?? textOf(error).title,
      description: textOf(error).detail,
      icon: 'i-lucide-circle-alert',
      color: 'error',
      duration: 12_000,
      ...(retry ? { actions: [button(label, () => [toast.remove(shown.id), retry()])] } : {}),
    })
  }

  function waits(title: string, detail: string, again: () => unknown): () => void {
    const shown = toast.add({
      title,
      description: detail,
      icon: 'i-lucide-cloud-off',
      color: 'warning',
      duration: 0,
      close: false,
      actions: [button(t('notices.retry'), again)],
    })
    return () => toast.remove(shown.id)
  }

  function told(text: string, label: string, go: () => unknown): void {
    const shown = toast.add({
      title: text,
      icon: 'i-lucide-info',
      color: 'neutral',
      duration: 10_000,
      actions: [button(label, () => [toast.remove(shown.id), go()])],
    })
  }

  function warned(title: string, detail: string, again: () => unknown): void {
    const shown = toast.add({
      title,
      description: detail,
      icon: 'i-lucide-users',
      color: 'warning',
      duration: 12_000,
      actions: [button(t('notices.again'), () => [toast.remove(shown.id), again()])],
    })
  }

  function delayed(
    text: string,
    seconds: number,
    act: (isLeaving: boolean) => unknown,
    takeBack: () => unknown,
  ): () => void {
    let isOpen = true
    const finish = (what: () => unknown): void => {
      if (!isOpen) return
      isOpen = false
      clearTimeout(timer)
      removeEventListener('pagehide', leave)
      toast.remove(shown.id)
      what()
    }
    const now = (): void => finish(() => act(false))
    const leave = (): void => finish(() => act(true))
    const timer = setTimeout(now, seconds * 1000)
    addEventListener('pagehide', leave)
    const shown = toast.add({
      title: text,
      icon: 'i-lucide-send',
      color: 'neutral',
      duration: seconds * 1000,
      close: false,
      actions: [button(t('notices.undo'), () => finish(takeBack)), button(t('notices.now'), now)],
    })
    return now
  }

  return { done, failed, waits, told, warned, delayed }
}

const button = (label: string, onClick: () => unknown) => ({
  label,
  color: 'neutral' as const,
  variant: 'outline' as const,
  onClick: () => void onClick(),
})
