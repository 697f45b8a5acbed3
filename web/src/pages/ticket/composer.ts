import { until } from '@vueuse/core'
import { computed, reactive, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { api, take } from '@/api/client'
import { useMe } from '@/api/me'
import { isPassing } from '@/api/problem'
import type { Attachment, Macro, Status } from '@/api/types'
import { useNotices } from '@/shell/notices'
import { useAttaching } from './attaching'
import { useDraft } from './draft'
import { joined, type Kind, type Tried } from './drafts'
import { alikeIn, comeBack, inHand, line, type Outgoing, type Pending, type Unsent, unsent, write } from './pending'
import { useTicket } from './ticket'
import { unfilled } from './unfilled'

const UNDO_SECONDS = 10
const KINDS = ['answer', 'note'] as const satisfies Kind[]

/** Writing a message: its text, files, macro, draft, and sending it with a while to take it back. Call in setup. */
export function useComposer(focusText: () => void) {
  const { t } = useI18n()
  const desk = useTicket()
  const router = useRouter()
  const notices = useNotices()
  const author = useMe().me.value?.id ?? ''
  const name = `${author}.${desk.ref}`
  const kind = ref<Kind>(desk.may('answer') ? 'answer' : 'note')
  const texts = reactive<Record<Kind, string>>({ answer: '', note: '' })
  const body = computed({
    get: () => texts[kind.value],
    set: (text) => {
      texts[kind.value] = text
    },
  })
  const { filesOf, files, uploads, attach, detach } = useAttaching(kind)
  const macroChange = ref<Macro['change']>({})
  const unknown = computed(() => unfilled(body.value))
  const tried = ref<Tried>({})
  let isKindChosen = false
  const draft = useDraft(desk.ref, name, { kind, texts, files: filesOf, tried, suggest })
  const unsentKinds = computed(() => KINDS.filter((one) => tried.value[one] && texts[one].trim() !== ''))
  const isEmpty = computed(() => body.value.trim() === '')
  const canSend = computed(() => !isEmpty.value && uploads.size === 0)

  /** Beware: whoever writes, or has chosen where to, types on there. Nothing that comes late may turn that elsewhere. */
  function suggest(to: Kind): void {
    if (!isKindChosen && isEmpty.value) kind.value = to
  }

  function choose(to: Kind): void {
    isKindChosen = true
    kind.value = to
  }

  /** Its text goes where it belongs; who turned elsewhere meanwhile stays there. */
  async function useMacro(id: string): Promise<void> {
    const [from, had] = [kind.value, body.value]
    try {
      const params = { path: { id } }
      const made = await take(api.POST('/api/desk/v1/macros/{id}/render', { params, body: { ticket: desk.ref } }))
      const to = made.kind === 'note' || desk.may('answer') ? made.kind : kind.value
      if (kind.value === from && body.value === had) kind.value = to
      else if (kind.value !== to) notices.done(t(`ticket.compose.macroIn.${to}`))
      texts[to] = texts[to].trim() === '' ? made.body : `${texts[to].trimEnd()}\n\n${made.body}`
      macroChange.value = { ...macroChange.value, ...made.change }
    } catch (error) {
      notices.failed(error)
    }
  }

  /** What would go out with gaps is asked about first; `sure` is the text of which somebody was sure. */
  function send(status?: Status, sure?: string): boolean {
    if (!canSend.value) return false
    if (unknown.value.length > 0 && sure !== body.value) {
      const asked = body.value
      const names = unknown.value.map((name) => `{{${name}}}`).join(', ')
      notices.warned(t('ticket.compose.gaps'), t('ticket.compose.unknown', { names }), () => send(status, asked))
      return false
    }
    for (const one of line.of(desk.ref)) one.now()
    const { status: macroStatus, ...change } = macroChange.value
    const wanted = status ?? macroStatus
    const message: Outgoing = {
      kind: kind.value,
      body: body.value,
      attachment_ids: files.value.map((file) => file.id),
      assign_to_me: false,
      change,
      ...(wanted && wanted !== desk.ticket.value?.status ? { status: wanted } : {}),
    }
    delay(message, files.value)
    clear()
    return true
  }

  function delay(message: Outgoing, sent: Attachment[]): void {
    let saving: Promise<void> | undefined = draft.flush().finally(() => {
      saving = undefined
    })
    const isSending = ref(false)
    // A draft that arrives after its message would come back as a ghost; and messages arrive as they were written.
    const act = (isLeaving: boolean): void => {
      isSending.value = true
      const first = isLeaving ? [] : [saving, line.before(desk.ref, entry)?.sent].filter((one) => one !== undefined)
      entry.sent = first.length ? Promise.all(first).then(() => deliver(entry)) : deliver(entry)
    }
    const text = t(message.kind === 'note' ? 'ticket.compose.noting' : 'ticket.compose.sending')
    const now = notices.delayed(text, UNDO_SECONDS, act, () => undo(entry))
    const alike = alikeIn(desk.entries.value ?? [], author, message) + line.alike(desk.ref, message)
    const entry: Pending = { ...again(message, alike), message, files: sent, now, isSending, sent: undefined }
    inHand.add(entry.key)
    unsent.keep(entry, name)
    line.join(desk.ref, entry)
  }

  /** What may be on the server already goes out with the key that it had, so that it is never there twice. */
  function again({ kind, body }: Outgoing, alike: number): Pick<Unsent, 'key' | 'alike'> {
    const last = tried.value[kind]
    return last?.body === body ? last : { key: crypto.randomUUID(), alike }
  }

  async function deliver(entry: Pending): Promise<void> {
    try {
      desk.take(await write(desk.ref, entry.message, entry.key))
      unsent.forget(entry.key, name)
    } catch (error) {
      giveBack(entry, !isPassing(error))
      const title = t(`ticket.compose.failed.${entry.message.kind}`, { label: desk.ref })
      notices.failed(error, isHere() ? undefined : goThere, title, t('ticket.compose.toTicket'))
    } finally {
      inHand.delete(entry.key)
      line.leave(desk.ref, entry)
    }
  }

  function undo(entry: Pending): void {
    kind.value = entry.message.kind
    giveBack(entry, true)
    void goThere().then(focusText)
  }

  const goThere = (): Promise<unknown> => router.push({ name: 'ticket', params: { ref: desk.ref } })
  const isHere = (): boolean => router.currentRoute.value.params['ref'] === desk.ref

  /** The page of the ticket may be another one by now: what comes back waits where it finds it. */
  function giveBack(entry: Pending, isUndone: boolean): void {
    line.leave(desk.ref, entry)
    inHand.delete(entry.key)
    unsent.keep({ ...entry, isUndone }, name)
    comeBack.value += 1
  }

  function takeUp(): void {
    for (const one of unsent.of(name)) {
      if (inHand.has(one.key)) continue
      if (one.isUndone || !isWritten(one.message, one.alike)) putBack(one)
      unsent.forget(one.key, name)
    }
  }

  const isWritten = (message: Pick<Outgoing, 'kind' | 'body'>, alike: number): boolean =>
    alikeIn(desk.entries.value ?? [], author, message) > alike

  function putBack({ key, message, files: sent, alike, isUndone }: Unsent): void {
    const { kind: to, body: text } = message
    suggest(to)
    texts[to] = joined(text, texts[to])
    const here = new Set(filesOf[to].map((file) => file.id))
    filesOf[to] = [...sent.filter((file) => !here.has(file.id)), ...filesOf[to]]
    macroChange.value = macroChangeOf(message)
    if (!isUndone) tried.value = { ...tried.value, [to]: { key, kind: to, body: text, alike } }
    draft.keepHere()
  }

  /** It had arrived after all. */
  function look(): void {
    for (const last of Object.values(tried.value)) {
      if (!isWritten(last, last.alike)) continue
      if (texts[last.kind] === last.body) {
        texts[last.kind] = ''
        filesOf[last.kind] = []
        macroChange.value = {}
      }
      forgetTried(last.kind)
    }
  }

  function forgetTried(of: Kind): void {
    const { [of]: _, ...others } = tried.value
    tried.value = others
  }

  void Promise.all([draft.ready, until(() => !!desk.entries.value).toBe(true)]).then(() => {
    takeUp()
    look()
    watch(comeBack, takeUp)
    watch(desk.entries, look)
  })

  function clear(): void {
    texts[kind.value] = ''
    filesOf[kind.value] = []
    forgetTried(kind.value)
    macroChange.value = {}
    isKindChosen = false
  }

  return {
    ...{ body, kind, choose, files, unsentKinds, uploads, macroChange, unknown, canSend },
    ...{ attach, detach, useMacro, send },
  }
}

const macroChangeOf = ({ status, change }: Outgoing): Macro['change'] => ({ ...change, ...(status ? { status } : {}) })
