import { defineShortcuts } from '@nuxt/ui/composables'
import { computed, ref } from 'vue'
import { shortcuts } from './commands'

/** Runs the registered commands by their keys. Called once, by the app. */
export function listenToKeyboard(): void {
  const isCovered = ref(false)
  // Before the shortcuts look: what they take, even to do nothing, neither closes a dialog nor presses its buttons.
  addEventListener(
    'keydown',
    () => {
      isCovered.value = document.querySelector(OPEN_DIALOG) !== null
    },
    { capture: true },
  )
  defineShortcuts(
    computed(() =>
      isCovered.value
        ? {}
        : Object.fromEntries(
            [...shortcuts.value].map(([keys, command]) => [
              keys,
              { usingInput: command.isGlobal ?? false, handler: () => command.run() },
            ]),
          ),
    ),
  )
}

/** A dialog over the page has the keyboard to itself. */
const OPEN_DIALOG = '[role=dialog][data-state=open], [role=alertdialog][data-state=open]'

/** The keys of a command as Nuxt UI's key caps take them: `meta_k` → ["meta", "k"]. */
export const keyCaps = (keys: string): string[] => keys.split(/[-_](?=.)/)
