import { useRoute, useRouter } from 'vue-router'
import { welcomeIn } from '@/api/me'
import type { Me } from '@/api/planned'
import { queryClient } from '@/api/query-client'

/** Lets in a person who just proved who they are, to the page they wanted. Call in setup. */
export function useEntry(): (me: Me) => Promise<void> {
  const route = useRoute()
  const router = useRouter()
  return async (me) => {
    queryClient.clear()
    await welcomeIn(me)
    const { next } = route.query
    await router.replace(isOurs(next) ? next : { name: 'queue' })
  }
}

/** Only a path of this app: `//evil.example` would lead away. */
const isOurs = (next: unknown): next is string => typeof next === 'string' && /^\/(?![/\\])/.test(next)
