import { useRoute, useRouter } from 'vue-router'
import { welcomeIn } from '@/api/me'
import type { Me } from '@/api/types'

/** Lets in a person who just proved who they are, to the page they wanted. Call in setup. */
export function useEntry(): (me: Me) => Promise<void> {
  const route = useRoute()
  const router = useRouter()
  return async (me) => {
    await welcomeIn(me)
    const { next } = route.query
    await router.replace(isOurs(next) ? next : { name: 'queue' })
  }
}

/** Only a path of this app: `//evil.example` would lead away. */
const isOurs = (next: unknown): next is string => typeof next === 'string' && /^\/(?![/\\])/.test(next)
