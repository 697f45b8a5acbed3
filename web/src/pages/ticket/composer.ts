import { computed, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { api, take } from '@/api/client'
import { isPassing } from '@/api/problem'
import type { Attachment, Macro, NewMessage, Status } from '@/api/types'
import { useNotices } from '@/shell/notices'
import { useDraft } from './draft'
import { type Outgoing, type Pending, pending, write } from './pending'
import { useTicket } from './ticket'

const UNDO_SECONDS = 10

interface Upload {
  id: number
  name: string
}

/** Writing a message: its text, files, macro, draft, and sending it with a while to take it back. Call in setup. */
export function useComposer() {
  const { t } = useI18n()
  const desk = useTicket()
  const router = useRouter()
  const notices = useNotices()
  const path = { ref: desk.ref }
  const body = ref('')
  const kind = ref<NewMessage['kind']>(desk.may('answer') ? 'answer' : 'note')
  const files = ref<Attachment[]>([])
  const uploads = reactive(new Map<number, Upload>())
  const macroChange = ref<Macro['change']>({})
  const unknown = ref<string[]>([])
  const draft = useDraft(desk.ref, body, kind, files, () => pending.has(desk.ref))
  const isEmpty = computed(() => body.value.trim() === '')
  const canSend = computed(() => !isEmpty.value && uploads.size === 0)

  async function attach(chosen: Iterable<File>): Promise<void> {
    if (desk.may('attach')) await Promise.all([...chosen].map(upload))
  }

  async function upload(file: File): Promise<void> {
    const id = Math.random()
    uploads.set(id, { id, name: file.name })
    const form = new FormData()
    form.append('files', file)
    try {
      const call = api.POST('/api/desk/v1/tickets/{ref}/attachments', {
        params: { path },
        body: { files: [] },
        bodySerializer: () => form,
      })
      const uploaded = await take(call)
      // Beware: others may have come while this one was on its way.
      files.value = [...files.value, ...uploaded]
    } catch (error) {
      const title = t('ticket.compose.notAttached', { name: file.name })
      notices.failed(error, isPassing(error) ? () => upload(file) : undefined, title)
    } finally {
      uploads.delete(id)
    }
  }

  async function detach(file: Attachment): Promise<void> {
    files.value = files.value.filter((one) => one.id !== file.id)
    const params = { path: { ...path, attachment_id: file.id } }
    await take(api.DELETE('/api/desk/v1/tickets/{ref}/attachments/{attachment_id}', { params })).catch(notices.failed)
  }

  async function useMacro(id: string): Promise<void> {
    try {
      const params = { path: { id } }
      const made = await take(api.POST('/api/desk/v1/macros/{id}/render', { params, body: { ticket: desk.ref } }))
      if (made.kind === 'note' || desk.may('answer')) kind.value = made.kind
      body.value = isEmpty.value ? made.body : `${body.value.trimEnd()}\n\n${made.body}`
      macroChange.value = { ...macroChange.value, ...made.change }
      unknown.value = made.unknown
    } catch (error) {
      notices.failed(error)
    }
  }

  function send(status?: Status): void {
    if (!canSend.value) return
    pending.get(desk.ref)?.now()
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
    draft.hold(true)
    clear()
  }

  function delay(message: Outgoing, sent: Attachment[]): void {
    let saving: Promise<void> | undefined = draft.flush().finally(() => {
      saving = undefined
    })
    // A draft that arrives after its message would come back as a ghost.
    const act = (): unknown => (saving ? saving.then(post) : post())
    const post = (): Promise<void> => deliver(entry)
    const text = t(message.kind === 'note' ? 'ticket.compose.noting' : 'ticket.compose.sending')
    const now = notices.delayed(text, UNDO_SECONDS, act, () => takeBack(entry))
    const entry: Pending = { message, files: sent, now }
    pending.set(desk.ref, entry)
  }

  async function deliver(entry: Pending): Promise<void> {
    try {
      desk.take(await write(desk.ref, entry.message))
      draft.hold(false)
    } catch (error) {
      takeBack(entry)
      notices.failed(error)
    } finally {
      if (pending.get(desk.ref) === entry) pending.delete(desk.ref)
    }
  }

  function takeBack(entry: Pending): void {
    if (pending.get(desk.ref) === entry) pending.delete(desk.ref)
    draft.hold(false)
    body.value = body.value.trim() ? `${entry.message.body}\n\n${body.value}` : entry.message.body
    kind.value = entry.message.kind
    files.value = [...entry.files, ...files.value]
    macroChange.value = macroChangeOf(entry.message)
    void router.push({ name: 'ticket', params: { ref: desk.ref } })
  }

  function clear(): void {
    body.value = ''
    files.value = []
    macroChange.value = {}
    unknown.value = []
  }

  return { body, kind, files, uploads, macroChange, unknown, canSend, attach, detach, useMacro, send }
}

const macroChangeOf = ({ status, change }: Outgoing): Macro['change'] => ({ ...change, ...(status ? { status } : {}) })
