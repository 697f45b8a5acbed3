import { usePreferredLanguages } from '@vueuse/core'
import { createI18n } from 'vue-i18n'
import type { FirstMessages } from '@/locales/en'
import type { LaterMessages } from '@/locales/en/later'
import { readChoice, writeChoice } from '@/shell/choices'

export const LOCALES = ['es', 'en'] as const
export type Locale = (typeof LOCALES)[number]

type Messages = FirstMessages & LaterMessages

declare module 'vue-i18n' {
  // Makes vue-tsc check the key of every t('…').
  export interface DefineLocaleMessage extends Messages {}
}

const LOADERS: Record<Locale, () => Promise<{ default: FirstMessages }>> = {
  es: () => import('@/locales/es'),
  en: () => import('@/locales/en'),
}
const LATER_LOADERS: Record<Locale, () => Promise<{ default: LaterMessages }>> = {
  es: () => import('@/locales/es/later'),
  en: () => import('@/locales/en/later'),
}
let isAll = false
/** The language on screen is the one that was chosen last. */
let settled = Promise.resolve()

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: {} as Record<Locale, Messages>,
  // Messages are plain text; a translation that looks like HTML is a mistake.
  warnHtmlMessage: true,
})

/** The language on screen. */
export const locale = i18n.global.locale

/** The choice of this browser, or else the first of its languages that the desk speaks. */
export function startLocale(): Locale {
  const chosen = readChoice('language')
  return asLocale(chosen) ?? preferred() ?? 'en'
}

export function setLocale(wanted: Locale, options: { remember: boolean } = { remember: true }): Promise<void> {
  settled = put(wanted, options)
  return settled
}

async function put(wanted: Locale, options: { remember: boolean }): Promise<void> {
  if (!i18n.global.availableLocales.includes(wanted)) {
    i18n.global.setLocaleMessage(wanted, (await LOADERS[wanted]()).default as Messages)
  }
  if (isAll) await addLater(wanted)
  locale.value = wanted
  document.documentElement.lang = wanted
  if (options.remember) writeChoice('language', wanted)
}

/** Loads the texts of the settings, from now on in every language that is chosen. */
export async function loadAllTexts(): Promise<void> {
  await settled
  isAll = true
  await addLater(locale.value)
}

async function addLater(wanted: Locale): Promise<void> {
  i18n.global.mergeLocaleMessage(wanted, (await LATER_LOADERS[wanted]()).default)
}

const preferred = (): Locale | undefined =>
  usePreferredLanguages()
    .value.map((language) => asLocale(language.slice(0, 2)))
    .find((language) => language !== undefined)

export const asLocale = (text: string | null | undefined): Locale | undefined => LOCALES.find((known) => known === text)
