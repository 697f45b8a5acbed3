import { useQuery } from '@tanstack/vue-query'
import { until } from '@vueuse/core'
import { type ComputedRef, computed, ref } from 'vue'
import { asLocale, type Locale, setLocale } from '@/i18n'
import { beforeSignOut, countUnsaved, forgetTextsOf } from '@/shell/kept-texts'
import { setTheme, type Theme } from '@/shell/theme'
import { api, take } from './client'
import { isAway } from './connection'
import { keys } from './keys'
import { Problem } from './problem'
import { queryClient } from './query-client'
import type { Me } from './types'

const query = { queryKey: keys.me, queryFn: () => take(api.GET('/api/desk/v1/me')), staleTime: 60_000 }

/** Nobody is asked for while nobody is signed in. */
const isIn = ref(false)

/** Who is signed in; undefined until it is known. Pages behind the sign-in may rely on it. */
export function useMe(): { me: ComputedRef<Me | undefined>; may: (permission: string) => boolean } {
  const { data } = useQuery({ ...query, enabled: isIn })
  return {
    me: computed(() => data.value),
    may: (permission) => data.value?.permissions.includes(permission) ?? false,
  }
}

/** Who is signed in, or null for nobody. Raises Problem when it cannot be told. */
export async function whoIsSignedIn(): Promise<Me | null> {
  try {
    const me = await queryClient.ensureQueryData(query)
    if (!isIn.value) await adopt(me)
    isIn.value = true
    return me
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null
    throw error
  }
}

/** Takes over a person who just signed in, with their language and theme. */
export async function welcomeIn(me: Me): Promise<void> {
  queryClient.setQueryData(keys.me, me)
  isIn.value = true
  await adopt(me)
}

/** What is kept with the account wins over what this browser remembers. */
async function adopt({ theme, language }: Me): Promise<void> {
  setTheme(theme)
  const known = asLocale(language)
  if (known) await setLocale(known)
}

/** Milliseconds that whoever signs out waits for the desk at each step. */
const PATIENCE = 6_000

/** To be told to the desk before a session ends, while it still knows whose it was. */
export const goodbyes = new Set<() => Promise<unknown>>()
/** From the goodbyes on, unless signing out fails. */
export const isLeaving = ref(false)

/**
 * Lets the desk have what was written before somebody signs out; returns how many texts it has no room for, or did not
 * take in time.
 */
export async function saveBeforeSignOut(): Promise<number> {
  await inTime(saveAll())
  return countUnsaved(me()?.id ?? '')
}

async function saveAll(): Promise<void> {
  // One after the other: what is sent takes the draft of its ticket along, which may hold another text by now.
  for (const save of beforeSignOut) await save()
}

/** Resolves as soon as the desk is away, too. */
const inTime = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, until(isAway).toBe(true, { timeout: PATIENCE })])

/**
 * Loads the sign-in page anew: nothing that the last person saw may be there for the next. Their texts that the desk
 * does not have stay in the browser for the same person, or go. Raises Problem at once where the desk is away: the
 * session goes on then.
 */
export async function signOut(texts: 'keep' | 'discard' = 'keep'): Promise<void> {
  const agent = me()?.id ?? ''
  isLeaving.value = true
  try {
    if (!isAway()) await inTime(Promise.all([...goodbyes].map((say) => say())))
    await take(api.DELETE('/api/desk/v1/session', { signal: AbortSignal.timeout(10_000) }))
  } catch (error) {
    isLeaving.value = false
    throw error
  }
  if (texts === 'discard') forgetTextsOf(agent)
  location.assign('/desk/sign-in')
}

const me = (): Me | undefined => queryClient.getQueryData<Me>(keys.me)

/** Keeps something about oneself with the account. */
export async function changeMe(body: Partial<Pick<Me, 'name' | 'language' | 'theme' | 'signature'>>): Promise<void> {
  queryClient.setQueryData(keys.me, await take(api.PATCH('/api/desk/v1/me', { body })))
}

/** Puts a language on screen at once, and keeps it for wherever the person signs in next. */
export async function chooseLocale(language: Locale): Promise<void> {
  await setLocale(language)
  await changeMe({ language })
}

export async function chooseTheme(theme: Theme): Promise<void> {
  setTheme(theme)
  await changeMe({ theme })
}
