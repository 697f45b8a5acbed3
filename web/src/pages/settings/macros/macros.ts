import { api, ifMatch, take } from '@/api/client'
import type { Macro } from '@/api/types'

export type Change = Macro['change']
export type MacroForm = Pick<Macro, 'name' | 'kind' | 'body' | 'change' | 'is_shared'>

/** What a macro may have filled in (actions/macros.py). */
export const VARIABLES = [
  ...(['requester.name', 'requester.first_name', 'ticket.label', 'ticket.subject', 'ticket.due_at'] as const),
  ...(['agent.name', 'agent.first_name', 'desk.name'] as const),
] as const
export type Variable = (typeof VARIABLES)[number]

const VARIABLE = /\{\{\s*([a-z_.]{1,100})\s*\}\}/g

/** As the desk fills a macro in (core/macros.py): what is not known stays as it is written, and is told. */
export function fill(body: string, values: Record<Variable, string>): { text: string; unknown: string[] } {
  const unknown = new Set<string>()
  const known: Record<string, string | undefined> = values
  const text = body.replaceAll(VARIABLE, (whole, name: string) => {
    if (Object.hasOwn(known, name)) return known[name] ?? ''
    unknown.add(name)
    return whole
  })
  return { text, unknown: [...unknown] }
}

export const blank = (): MacroForm => ({ name: '', kind: 'answer', body: '', change: {}, is_shared: false })

export const formOf = ({ name, kind, body, change, is_shared }: Macro): MacroForm => ({
  ...{ name, kind, body, is_shared },
  change: { ...change },
})

export const addMacro = (form: MacroForm, position: number): Promise<Macro> =>
  take(api.POST('/api/desk/v1/macros', { body: { ...form, position } }))

/** What was removed comes back; of what is shared, also whose it is. */
export const restoreMacro = (macro: Macro): Promise<Macro> => {
  const { position, is_shared, maker_id } = macro
  const body = { ...formOf(macro), position, ...(is_shared && { maker_id }) }
  return take(api.POST('/api/desk/v1/macros', { body }))
}

export function changeMacro(id: string, version: number, body: Partial<MacroForm>) {
  return take(api.PATCH('/api/desk/v1/macros/{id}', { params: { path: { id } }, body, ...ifMatch(`"${version}"`) }))
}

export const arrangeMacros = (ids: string[]): Promise<unknown> =>
  take(api.PUT('/api/desk/v1/macros/order', { body: { ids } }))

export const removeMacro = ({ id, version }: Macro): Promise<unknown> =>
  take(api.DELETE('/api/desk/v1/macros/{id}', { params: { path: { id } }, ...ifMatch(`"${version}"`) }))

export const loadMacro = ({ id }: Macro): Promise<Macro> =>
  take(api.GET('/api/desk/v1/macros/{id}', { params: { path: { id } } }))
