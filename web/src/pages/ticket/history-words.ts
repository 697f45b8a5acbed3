import { useI18n } from 'vue-i18n'
import { useFields } from '@/api/lists'
import type { CustomField, Entry } from '@/api/types'
import { day, exact } from '@/ui/times'
import { fieldName, LINK_KINDS, PRIORITIES, STATUSES } from './words'

/** One change in the reader's language: from what to what, or in one phrase. `ticket` is the label of another one. */
export interface Told {
  field: string
  name: string
  before?: string
  after: string
  ticket?: string
}

type Changes = NonNullable<Entry['event']>['changes']
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/
const OWN_FIELD = /^field\.(?<key>.+)$/
/** The deed itself names the other ticket. */
const IN_THE_DEED: ReadonlySet<string> = new Set(['merged', 'merged_into'])
const LINK = /^(?<kind>[a-z_]+) (?<label>\S+)$/

/** Words the changes of an event as the history keeps them (core/ticket.py). Call in setup. */
export function useHistoryWords(): (changes: Changes) => Told[] {
  const { t, locale } = useI18n()
  const fields = useFields()

  const told = (field: string, before: string | null, after: string | null): Told => {
    if (field === 'tags') return { field, name: t('ticket.field.tags'), after: tagsTold(before, after) }
    if (field === 'link') return { field, name: t('ticket.field.link'), ...linkTold(before ?? after ?? '') }
    if (field === 'split') return { field, name: t('ticket.field.other_ticket'), after: '', ticket: after ?? '' }
    const own = ownField(field)
    const said = (value: string | null): string =>
      value === null || value === '' ? nothing(field) : own ? ownValue(own, value) : word(field, value)
    return { field, name: own?.name ?? nameOf(field), before: said(before), after: said(after) }
  }

  const nothing = (field: string): string => t(field === 'assignee' ? 'ticket.nobody' : 'ticket.nothing')

  const nameOf = (field: string): string =>
    fieldName(field) === 'other' ? field.replace(/^field\./, '') : t(`ticket.field.${fieldName(field)}`)

  function word(field: string, value: string): string {
    const status = STATUSES.find((one) => one === value)
    if (field === 'status' && status) return t(`ticket.status.${status}`)
    const priority = PRIORITIES.find((one) => one === value)
    if (field === 'priority' && priority) return t(`ticket.priority.${priority}`)
    if (field === 'close_reason' && (value === 'cancelled' || value === 'archived')) {
      return t(`ticket.closeReason.${value}`)
    }
    return MOMENT.test(value) ? exact(value, locale.value) : value
  }

  function tagsTold(before: string | null, after: string | null): string {
    const [had, has] = [before, after].map((names) => names?.split(', ') ?? []) as [string[], string[]]
    const added = has.filter((tag) => !had.includes(tag)).join(', ')
    const removed = had.filter((tag) => !has.includes(tag)).join(', ')
    return [added && t('ticket.tagsAdded', { tags: added }), removed && t('ticket.tagsRemoved', { tags: removed })]
      .filter(Boolean)
      .join('; ')
  }

  function linkTold(value: string): Pick<Told, 'after' | 'ticket'> {
    const { kind, label } = LINK.exec(value)?.groups ?? {}
    const known = LINK_KINDS.find((one) => one === kind)
    return known && label ? { after: t(`ticket.links.kind.${known}`), ticket: label } : { after: value }
  }

  const ownField = (field: string): CustomField | undefined => {
    const key = OWN_FIELD.exec(field)?.groups?.['key']
    return fields.data.value?.find((one) => one.key === key)
  }

  function ownValue({ kind }: CustomField, value: string): string {
    if (kind === 'checkbox') return t(value === 'true' ? 'common.yes' : 'common.no')
    if (kind === 'number') return new Intl.NumberFormat(locale.value).format(Number(value))
    return kind === 'date' ? day(value, locale.value) : value
  }

  return (changes) =>
    Object.entries(changes)
      .filter(([field]) => !IN_THE_DEED.has(field))
      .map(([field, [before, after]]) => told(field, before, after))
}
