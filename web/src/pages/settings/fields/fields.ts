import { api, ifMatch, take } from '@/api/client'
import type { CustomField } from '@/api/types'

export const KINDS = ['text', 'number', 'choice', 'date', 'checkbox'] as const satisfies Array<CustomField['kind']>
export const KIND_ICONS: Record<CustomField['kind'], `i-lucide-${string}`> = {
  text: 'i-lucide-type',
  number: 'i-lucide-hash',
  choice: 'i-lucide-list',
  date: 'i-lucide-calendar',
  checkbox: 'i-lucide-square-check',
}

/** `choices` as one text, an option a line, which is quicker to paste and to sort than a box for each. */
export interface FieldForm {
  name: string
  kind: CustomField['kind']
  key: string
  choices: string
  is_required: boolean
  is_active: boolean
}
type FieldChange = Partial<Pick<CustomField, 'name' | 'choices' | 'is_required' | 'is_active'>>

export const optionsOf = (lines: string): string[] => [
  ...new Set(
    lines
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

export const formOf = (field: CustomField | undefined): FieldForm => ({
  name: field?.name ?? '',
  kind: field?.kind ?? 'text',
  key: field?.key ?? '',
  choices: field?.choices.join('\n') ?? '',
  is_required: field?.is_required ?? false,
  is_active: field?.is_active ?? true,
})

const choicesOf = ({ kind, choices }: FieldForm): Pick<FieldChange, 'choices'> =>
  kind === 'choice' ? { choices: optionsOf(choices) } : {}

export function addField(form: FieldForm, position: number): Promise<CustomField> {
  const { name, kind, key, is_required, is_active } = form
  const body = { ...{ name, kind, is_required, is_active, position }, ...choicesOf(form), ...(key && { key }) }
  return take(api.POST('/api/desk/v1/fields', { body }))
}

/** What of a form may still be changed: key and kind are for ever. */
export const changeOf = (form: FieldForm): FieldChange => {
  const { name, is_required, is_active } = form
  return { name, is_required, is_active, ...choicesOf(form) }
}

export const changeField = (id: string, version: number, body: FieldChange): Promise<CustomField> =>
  take(api.PATCH('/api/desk/v1/fields/{id}', { params: { path: { id } }, body, ...ifMatch(`"${version}"`) }))

export const arrangeFields = (ids: string[]): Promise<unknown> =>
  take(api.PUT('/api/desk/v1/fields/order', { body: { ids } }))

export const removeField = ({ id, version }: CustomField): Promise<unknown> =>
  take(api.DELETE('/api/desk/v1/fields/{id}', { params: { path: { id } }, ...ifMatch(`"${version}"`) }))

export const loadField = ({ id }: CustomField): Promise<CustomField> =>
  take(api.GET('/api/desk/v1/fields/{id}', { params: { path: { id } } }))
