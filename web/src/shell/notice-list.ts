import { useToast } from '@nuxt/ui/composables'

type Notice = Parameters<ReturnType<typeof useToast>['add']>[0]

/** Small, and beside each other where there is room. */
const LOOK = {
  orientation: 'horizontal',
  ui: {
    root: 'flex-wrap gap-x-2 gap-y-1 px-3 py-2',
    wrapper: 'w-auto min-w-28',
    description: 'mt-0 text-xs',
    actions: 'ms-auto',
    icon: 'size-4',
    progress: 'h-0.5',
  },
  onEscapeKeyDown: keepUnlessInside,
} as const

/** Beware: to Reka Escape closes notices wherever it is pressed, and the way to take a message back with them. */
function keepUnlessInside(event: KeyboardEvent): void {
  const isInside = (event.target as Element).closest('[data-slot=viewport]')
  if (!isInside && !document.querySelector('[data-dismissable-layer]')) event.preventDefault()
}

/** The notices on screen: of each kind, told by its icon, the newest. What can still be taken back stays, and what failed. */
export function useNoticeList() {
  const toast = useToast()
  function add(notice: Notice): ReturnType<typeof toast.add> {
    const isOver = (one: Notice): boolean => one.icon === notice.icon && !stays(one, notice)
    toast.toasts.value = toast.toasts.value.filter((one) => !isOver(one))
    return toast.add({ ...LOOK, ...notice })
  }
  return { add, remove: toast.remove }
}

const stays = (one: Notice, newer: Notice): boolean =>
  one.close === false || (one.color === 'error' && one.title !== newer.title)
