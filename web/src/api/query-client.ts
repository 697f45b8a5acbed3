import { QueryClient } from '@tanstack/vue-query'
import { Problem } from './problem'

/** Waiting and trying again is the work of api/sending.ts, whatever the network says of itself; here nothing repeats. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: (query) => !(query.state.error instanceof Problem),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
