import { usePreferredDark } from '@vueuse/core'
import { computed, readonly, ref, watchEffect } from 'vue'
import { readChoice, writeChoice } from './choices'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const chosen = ref<Theme>(THEMES.find((theme) => theme === readChoice('theme')) ?? 'system')
const systemIsDark = usePreferredDark()

export const theme = readonly(chosen)
export const isDark = computed(() => chosen.value === 'dark' || (chosen.value === 'system' && systemIsDark.value))

/** public/theme.js reads the same choice before the first paint. */
export function setTheme(wanted: Theme): void {
  chosen.value = wanted
  writeChoice('theme', wanted)
}

/** Keeps the page in step with choice and system. */
export function followTheme(): void {
  watchEffect(() => {
    document.documentElement.classList.toggle('dark', isDark.value)
    document.documentElement.classList.toggle('light', !isDark.value)
  })
}
