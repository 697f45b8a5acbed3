import { nextTick, onScopeDispose, type Ref, watch } from 'vue'
import { api, take } from '@/api/client'
import type { Attachment, NewMessage } from '@/api/types'
import { beforeSignOut, forgetText, keepText, keptText } from '@/shell/kept-texts'
import { joined, type Kept, type Kind, otherKind, type Tried, winner } from './drafts'
import { pending } from './pending'

const PAUSE = 800

/** What is being written: an answer and a note, each with a text and files of its own. */
export interface Written {
  kind: Ref<Kind>
  texts: Record<Kind, string>
  files: Record<Kind, Attachment[]>
  /** The messages that may have been sent already. */
  tried: Ref<Tried>
  /** Turns to a kind unless somebody writes already. */
  suggest: (kind: Kind) => void
}

export interface Draft {
  /** Keeps what is written now; resolves when the server has it. */
  flush: () => Promise<void>
  /** Keeps it in the browser, at once. */
  keepHere: () => void
  /** Resolves when what was written before is back. */
  ready: Promise<void>
}

/** Keeps what is being written: in the browser at once, on the server a moment later. Brings it back. Call in setup. */
export function useDraft(ref: string, name: string, written: Written): Draft {
  const { kind, texts, files, tried, suggest } = written
  const params = { path: { ref } }
  const mine = keptText<Kept>(name)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReady = false
  let onServer = ''
  let base = mine?.base ?? ''
  let saving = Promise.resolve()

  /** The server has room for one: what is on screen, or the other where nothing is. */
  function forServer(): Pick<NewMessage, 'kind' | 'body'> {
    const other = otherKind(kind.value)
    const best = !texts[kind.value].trim() && texts[other].trim() ? other : kind.value
    return { body: texts[best], kind: best }
  }

  async function save(now: Pick<NewMessage, 'kind' | 'body'>): Promise<void> {
    if (JSON.stringify(now) !== onServer) {
      onServer = JSON.stringify(now)
      const saved = now.body.trim()
        ? await take(api.PUT('/api/desk/v1/tickets/{ref}/draft', { params, body: now, keepalive: true }))
        : await take(api.DELETE('/api/desk/v1/tickets/{ref}/draft', { params, keepalive: true }))
      base = saved?.updated_at ?? ''
    }
    if (hasTexts() && files.answer.length + files.note.length === 0 && !hasTried()) forgetText(name)
    else keepHere()
  }

  /** Whether the server has all that is written; whose files are whose it is not told. */
  const hasTexts = (): boolean =>
    JSON.stringify(forServer()) === onServer && !(texts.answer.trim() && texts.note.trim())

  const hasTried = (): boolean => Object.keys(tried.value).length > 0

  const isBlank = (): boolean => !texts.answer.trim() && !texts.note.trim()

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const now = forServer()
    // The banner tells about the network; what is on screen stays, and the next key tries again.
    saving = saving
      .then(() => save(now))
      .catch(() => {
        onServer = ''
      })
    return saving
  }

  function keepHere(): void {
    const ids = { answer: files.answer.map((one) => one.id), note: files.note.map((one) => one.id) }
    const now = {
      kind: kind.value,
      texts: { ...texts },
      files: ids,
      at: Date.now(),
      base,
      isSaved: isBlank() || hasTexts(),
    }
    keepText(name, { ...now, ...(hasTried() ? { tried: tried.value } : {}) })
  }

  async function restore(): Promise<void> {
    const found = await take(api.GET('/api/desk/v1/tickets/{ref}/draft', { params })).catch(() => undefined)
    const isGoingOut = pending.has(ref)
    if (found?.body && !isGoingOut) {
      const typed = texts[found.kind]
      suggest(found.kind)
      texts[found.kind] = winner(mine, found) === 'mine' && typed ? typed : joined(found.body, typed)
    }
    if (!isGoingOut) bringFiles(found?.attachments ?? [], found?.body ? found.kind : kind.value)
    onServer = JSON.stringify({ body: found?.body ?? '', kind: found?.body ? found.kind : kind.value })
    base = found?.updated_at ?? ''
    isReady = true
    later()
  }

  /** Some that wait on the server may have been added here meanwhile. */
  function bringFiles(waiting: Attachment[], usual: Kind): void {
    const here = new Set([...files.answer, ...files.note].map((one) => one.id))
    for (const file of waiting.filter((one) => !here.has(one.id))) {
      const kept = (['answer', 'note'] as const).find((one) => mine?.files[one].includes(file.id))
      files[kept ?? usual].push(file)
    }
  }

  function later(): void {
    clearTimeout(timer)
    if (isReady && !pending.has(ref)) timer = setTimeout(flush, PAUSE)
  }

  if (mine) {
    Object.assign(texts, mine.texts)
    kind.value = mine.kind
    tried.value = mine.tried ?? {}
  }
  watch(
    [kind, texts, files, tried],
    () => {
      keepHere()
      later()
    },
    { deep: true },
  )
  // The server throws a draft away when its writer's message is written.
  watch(
    () => pending.has(ref),
    () => {
      onServer = ''
      later()
    },
  )
  const leave = async (): Promise<void> => {
    if (timer) await flush()
  }
  /** A message that was sent just now took the draft along; that is known a tick later. */
  const signOut = (): Promise<void> => nextTick(flush)
  addEventListener('pagehide', leave)
  beforeSignOut.add(signOut)
  onScopeDispose(() => {
    removeEventListener('pagehide', leave)
    beforeSignOut.delete(signOut)
    void leave()
  })

  return { flush, keepHere, ready: restore() }
}
