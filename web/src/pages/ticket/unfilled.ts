/** As the desk reads variables (core/macros.py). */
const VARIABLE = /\{\{\s*([a-z_.]{1,100})\s*\}\}/g

/** The variables that are left in a text, each once: the requester would read them as they stand. */
export const unfilled = (text: string): string[] => [
  ...new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? '')),
]
