import { type Ref, shallowRef } from 'vue'
import { Problem } from '@/api/problem'
import { type Form, type Rule, useForm } from './form'

export interface Editing<Thing, Values extends object> {
  form: Form<Values>
  /** What somebody else made of it while it was being changed here; sending again replaces that. */
  newest: Readonly<Ref<Thing | undefined>>
  /** Gives up what was typed for the newest. */
  takeNewest: () => void
}

/**
 * A form over something that others may change meanwhile: then what was typed stays, it is told, and sending again
 * means it. Without a `thing` it makes a new one.
 */
export function useEditing<Thing extends { version: number }, Values extends object>(options: {
  thing: Thing | undefined
  start: (thing: Thing | undefined) => Values
  rules?: { [Field in keyof Values]?: Rule<Values[Field]> }
  /** `version` is undefined for what is new. */
  send: (values: Values, version: number | undefined) => Promise<unknown>
  load: (thing: Thing) => Promise<Thing>
}): Editing<Thing, Values> {
  const newest = shallowRef<Thing>()
  const form = useForm({
    start: options.start(options.thing),
    ...(options.rules && { rules: options.rules }),
    send: async (values) => {
      try {
        await options.send(values, (newest.value ?? options.thing)?.version)
      } catch (error) {
        const isStale = error instanceof Problem && error.kind === 'stale'
        if (isStale && options.thing) newest.value = await options.load(options.thing)
        throw error
      }
    },
  })
  function takeNewest(): void {
    if (newest.value) form.reset(options.start(newest.value))
  }
  return { form, newest, takeNewest }
}
