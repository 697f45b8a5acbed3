import { nextTick } from 'vue'

/**
 * Beware: Reka calls a list that has a field to search it a listbox as a whole, which only holds options, and gives it
 * no name. To be called whenever one opens.
 */
export async function tellOptionsFromSearch(name: string): Promise<void> {
  await nextTick()
  const popup = document.querySelector('[data-slot=content][role=listbox]:has(input)')
  const options = popup?.querySelector('[data-slot=viewport]')
  for (const [part, role] of [[popup, 'dialog'] as const, [options, 'listbox'] as const]) {
    part?.setAttribute('role', role)
    part?.setAttribute('aria-label', name)
  }
  for (const attribute of ['aria-orientation', 'aria-multiselectable']) popup?.removeAttribute(attribute)
}
