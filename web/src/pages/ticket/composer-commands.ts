import type { Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useMacros } from '@/api/lists'
import { type Command, useCommands } from '@/shell/commands'
import type { Kind } from './drafts'

interface Parts {
  kinds: Readonly<Ref<readonly Kind[]>>
  canResolve: Readonly<Ref<boolean>>
  begin: (kind: Kind) => unknown
  send: () => unknown
  resolve: () => unknown
  /** Writes what a macro says. */
  insert: (macro: string) => unknown
}

const LOOKS = {
  answer: { icon: 'i-lucide-send', keys: 'r' },
  note: { icon: 'i-lucide-lock', keys: 'n' },
} as const

/** Writing and sending by the keyboard and the palette. Call in setup. */
export function useComposerCommands({ kinds, canResolve, begin, send, resolve, insert }: Parts): void {
  const { t } = useI18n()

  const writes = (): Command[] =>
    kinds.value.map((one) => ({
      id: `compose-${one}`,
      label: t(`ticket.compose.write.${one}`),
      group: 'ticket',
      ...LOOKS[one],
      run: () => begin(one),
    }))
  const whileWriting = (id: string, keys: string, label: string, run: () => unknown): Command => ({
    id: `compose-${id}`,
    label,
    group: 'ticket',
    keys,
    isGlobal: true,
    isQuiet: true,
    run,
  })

  const macros = useMacros()
  const texts = (): Command[] =>
    (macros.data.value ?? []).map(({ id, name }) => ({
      id: `macro-${id}`,
      label: `${t('ticket.compose.macro')}: ${name}`,
      group: 'ticket',
      icon: 'i-lucide-zap',
      run: () => insert(id),
    }))

  useCommands(() => [
    ...writes(),
    ...texts(),
    whileWriting('send', 'meta_enter', t('ticket.compose.send'), send),
    ...(canResolve.value
      ? [whileWriting('resolve', 'meta_shift_enter', t('ticket.compose.answerAndResolve'), resolve)]
      : []),
  ])
}
