import { onScopeDispose, type Ref, watch } from 'vue'
import { api, take } from '@/api/client'
import type { Attachment, NewMessage } from '@/api/types'

const PAUSE = 800

export interface Draft {
  /** Keeps what is written now; resolves when the server has it. */
  flush: () => Promise<void>
  /** What is on screen is no draft any more (it is being sent), or is one again. */
  hold: (isHeld: boolean) => void
}

/** Keeps what is being written on the server, a moment after the last key, and brings it back. Call in setup. */
export function useDraft(
  ref: string,
  body: Ref<string>,
  kind: Ref<NewMessage['kind']>,
  files: Ref<Attachment[]>,
  isPending: () => boolean,
): Draft {
  const params = { path: { ref } }
  let timer: ReturnType<typeof setTimeout> | undefined
  let isHeld = true
  let kept = ''
  let saving = Promise.resolve()

  async function keep(): Promise<void> {
    const written = { body: body.value, kind: kind.value }
    if (JSON.stringify(written) === kept) return
    kept = JSON.stringify(written)
    await (written.body.trim()
      ? take(api.PUT('/api/desk/v1/tickets/{ref}/draft', { params, body: written, keepalive: true }))
      : take(api.DELETE('/api/desk/v1/tickets/{ref}/draft', { params, keepalive: true })))
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    // The banner tells about the network; what is on screen stays, and the next key tries again.
    saving = saving.then(keep).catch(() => {
      kept = ''
    })
    return saving
  }

  async function restore(): Promise<void> {
    const found = await take(api.GET('/api/desk/v1/tickets/{ref}/draft', { params })).catch(() => undefined)
    isHeld = isPending()
    kept = JSON.stringify({ body: found?.body ?? '', kind: found?.body ? found.kind : kind.value })
    if (found?.body && !isHeld) {
      if (!body.value) kind.value = found.kind
      body.value = body.value ? `${found.body}\n\n${body.value}` : found.body
    }
    if (!isHeld) files.value = [...waiting(found?.attachments ?? []), ...files.value]
    later()
  }

  /** Some that wait on the server may have been added here meanwhile. */
  const waiting = (kept: Attachment[]): Attachment[] =>
    kept.filter((file) => !files.value.some((one) => one.id === file.id))

  function later(): void {
    if (isHeld) return
    clearTimeout(timer)
    timer = setTimeout(flush, PAUSE)
  }

  watch([body, kind], later)
  const leave = (): void => {
    if (timer) void flush()
  }
  addEventListener('pagehide', leave)
  onScopeDispose(() => {
    removeEventListener('pagehide', leave)
    leave()
  })
  void restore()

  return {
    flush,
    hold: (held) => {
      isHeld = held
      if (held) clearTimeout(timer)
      if (!held) kept = ''
    },
  }
}
