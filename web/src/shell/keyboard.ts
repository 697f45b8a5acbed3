import { defineShortcuts } from '@nuxt/ui/composables'
import { computed } from 'vue'
import { type Command, shortcuts } from './commands'

/** Runs the registered commands by their keys. Called once, by the app. */
export function listenToKeyboard(): void {
  defineShortcuts(
    computed(() =>
      Object.fromEntries(
        [...shortcuts.value].map(([keys, command]) => [
          keys,
          { usingInput: command.isGlobal ?? false, handler: () => runUnlessCovered(command) },
        ]),
      ),
    ),
  )
}

/** A dialog over the page has the keyboard to itself. */
function runUnlessCovered(command: Command): void {
  if (document.querySelector('[role=dialog][data-state=open], [role=alertdialog][data-state=open]')) return
  command.run()
}

/** The keys of a command as Nuxt UI's key caps take them: `meta_k` → ["meta", "k"]. */
export const keyCaps = (keys: string): string[] => keys.split(/[-_](?=.)/)
