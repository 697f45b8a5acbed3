import { now } from '@/ui/now'

/** A label in two parts: what goes without saying in a list, and the number: "TKT-2026-" and "00142"; of other years "TKT-" and "2025-00142". */
export function shortened(label: string): { usual: string; number: string } {
  const ofThisYear = `TKT-${now.value.getFullYear()}-`
  const usual = [ofThisYear, 'TKT-'].find((start) => label.startsWith(start)) ?? ''
  return { usual, number: label.slice(usual.length) }
}
