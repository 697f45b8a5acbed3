import { type ComputedRef, computed, nextTick, type Ref, reactive, readonly, ref } from 'vue'
import { type FieldError, Problem } from '@/api/problem'
import { i18n } from '@/i18n'

/** Returns what is wrong with the value, or nothing. */
export type Rule<Value> = (value: Value) => string | undefined

export interface Form<Values extends object> {
  values: Values
  isSending: Readonly<Ref<boolean>>
  /** What went wrong, unless every part of it stands at a field. */
  problem: ComputedRef<unknown>
  /** The sentence to show at a field. */
  error: (field: keyof Values & string) => string | undefined
  submit: () => Promise<void>
  /** Forgets what was found wrong; what was typed stays. */
  clear: () => void
  /** Back to these values, as if nothing had been typed. */
  reset: (values: Values) => void
}

/**
 * A form that checks itself when it is sent, shows the server's findings at its fields and keeps what was typed until
 * it was taken. The names of the fields are those of the body that is sent.
 */
export function useForm<Values extends object>(options: {
  start: Values
  rules?: { [Field in keyof Values]?: Rule<Values[Field]> }
  send: (values: Values) => Promise<unknown>
}): Form<Values> {
  const values = reactive({ ...options.start }) as Values
  const found = reactive(new Map<string, string>())
  const failure = ref<unknown>()
  const isSending = ref(false)

  async function submit(): Promise<void> {
    if (isSending.value) return
    check()
    if (found.size > 0) return focusFirst()
    isSending.value = true
    try {
      await options.send({ ...values })
    } catch (error) {
      takeIn(error)
    } finally {
      isSending.value = false
    }
    if (found.size > 0) await focusFirst()
  }

  function clear(): void {
    found.clear()
    failure.value = undefined
  }

  function check(): void {
    clear()
    for (const field of Object.keys(values) as Array<keyof Values & string>) {
      const wrong = options.rules?.[field]?.(values[field])
      if (wrong) found.set(field, wrong)
    }
  }

  function takeIn(error: unknown): void {
    failure.value = error
    if (!(error instanceof Problem)) return
    for (const one of error.errors) found.set(one.pointer.split('/')[1] ?? '', sentence(one))
  }

  const stands = (error: Problem): boolean =>
    error.errors.length > 0 && error.errors.every(({ pointer }) => (pointer.split('/')[1] ?? '') in values)

  return {
    values,
    isSending: readonly(isSending),
    problem: computed(() => (failure.value instanceof Problem && stands(failure.value) ? undefined : failure.value)),
    error: (field) => found.get(field),
    submit,
    clear,
    reset(next) {
      Object.assign(values, next)
      clear()
    },
  }
}

const sentence = ({ code, detail }: FieldError): string =>
  code === 'common_password' ? i18n.global.t('account.passwordCommon') : detail

/** The eyes and the keyboard go to the first field that has to be corrected. */
async function focusFirst(): Promise<void> {
  await nextTick()
  document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus()
}
