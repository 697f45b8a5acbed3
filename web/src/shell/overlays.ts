import { reactive } from 'vue'

interface Overlay {
  open: boolean
  /** Its code is loaded at the first use. */
  used: boolean
}

/** What lies over every page. */
export const overlays = reactive<Record<'palette' | 'shortcuts' | 'notifications', Overlay>>({
  palette: { open: false, used: false },
  shortcuts: { open: false, used: false },
  notifications: { open: false, used: false },
})

export function openOverlay(name: keyof typeof overlays): void {
  Object.assign(overlays[name], { used: true, open: true })
}
