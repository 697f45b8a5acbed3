import { computed, type Ref, reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, take } from '@/api/client'
import { isPassing } from '@/api/problem'
import type { Attachment } from '@/api/types'
import { useNotices } from '@/shell/notices'
import type { Kind } from './drafts'
import { useTicket } from './ticket'

interface Upload {
  id: number
  name: string
}

/** The files that go out with the answer, and those that go out with the note. Call in setup. */
export function useAttaching(kind: Ref<Kind>) {
  const { t } = useI18n()
  const desk = useTicket()
  const notices = useNotices()
  const path = { ref: desk.ref }
  const filesOf = reactive<Record<Kind, Attachment[]>>({ answer: [], note: [] })
  const files = computed(() => filesOf[kind.value])
  const uploads = reactive(new Map<number, Upload>())

  async function attach(chosen: Iterable<File>): Promise<void> {
    if (desk.may('attach')) await Promise.all([...chosen].map((file) => upload(file, kind.value)))
  }

  async function upload(file: File, to: Kind): Promise<void> {
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
      filesOf[to] = [...filesOf[to], ...uploaded]
    } catch (error) {
      const title = t('ticket.compose.notAttached', { name: file.name })
      notices.failed(error, isPassing(error) ? () => upload(file, to) : undefined, title)
    } finally {
      uploads.delete(id)
    }
  }

  async function detach(file: Attachment): Promise<void> {
    filesOf[kind.value] = files.value.filter((one) => one.id !== file.id)
    const params = { path: { ...path, attachment_id: file.id } }
    await take(api.DELETE('/api/desk/v1/tickets/{ref}/attachments/{attachment_id}', { params })).catch(notices.failed)
  }

  return { filesOf, files, uploads, attach, detach }
}
