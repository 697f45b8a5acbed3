/**
 * The registry behind the command palette (Ctrl K), the keyboard and the list of shortcuts (`?`).
 * A page says what can be done on it, and takes that back when it goes.
 */
import { computed, onScopeDispose, shallowReactive } from 'vue'

export const COMMAND_GROUPS = ['ticket', 'queue', 'page', 'go', 'desk'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

export interface Command {
  /** Unique while registered; a later registration hides an earlier one of the same id. */
  id: string
  label: string
  group: CommandGroup
  icon?: `i-lucide-${string}`
  /** `e`, `meta_enter` (Ctrl on Windows and Linux), `shift_a`, or one after the other: `g-q`. */
  keys?: string
  /** Also while somebody types in a field. */
  isGlobal?: boolean
  /** Listed under `?` but not in the palette: moving through a list, say. */
  isQuiet?: boolean
  /** The browser does it by itself: listed under `?`, not listened to. */
  isNative?: boolean
  run: () => unknown
}

/** Finds things for the palette: tickets by what was typed. */
export interface Searcher {
  id: string
  label: string
  search: (term: string) => Promise<Found[]>
}
export interface Found {
  id: string
  label: string
  suffix?: string
  icon?: `i-lucide-${string}`
  run: () => unknown
}

type Source<T> = () => T[]

const commandSources = shallowReactive(new Set<Source<Command>>())
const searcherSources = shallowReactive(new Set<Source<Searcher>>())

/** Offers commands while the component lives. The function is reactive: labels follow the language. */
export function useCommands(source: Source<Command>): void {
  register(commandSources, source)
}

export function useSearchers(source: Source<Searcher>): void {
  register(searcherSources, source)
}

export const commands = computed(() => {
  const byId = new Map<string, Command>()
  for (const source of commandSources) for (const command of source()) byId.set(command.id, command)
  return [...byId.values()]
})

export const searchers = computed(() => [...searcherSources].flatMap((source) => source()))

/** Each key with its command; where two want the same, the later registered one has it. */
export const shortcuts = computed(
  () =>
    new Map(
      commands.value.flatMap((command) =>
        command.keys && !command.isNative ? [[command.keys, command] as const] : [],
      ),
    ),
)

function register<T>(sources: Set<Source<T>>, source: Source<T>): void {
  sources.add(source)
  onScopeDispose(() => sources.delete(source))
}
