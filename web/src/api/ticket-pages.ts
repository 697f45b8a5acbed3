import { api, take } from './client'
import type { paths } from './schema'
import type { TicketList } from './types'

/** More than a screen shows. */
const FIRST_PAGE = 60
/** As many as the API gives at once. */
const NEXT_PAGE = 200

type Query = NonNullable<paths['/api/desk/v1/tickets']['get']['parameters']['query']>

/** What a list of tickets is of. */
export interface Asked {
  view: string
  query: string
  /** Undefined for the order of the view. */
  sort: Query['sort']
}

/** A page of the list; `after` is the `next` of the page before, empty for the first one. Raises Problem. */
export const ticketPage = ({ view, query, sort }: Asked, after: string): Promise<TicketList> =>
  take(
    api.GET('/api/desk/v1/tickets', {
      params: {
        query: {
          view,
          limit: after ? NEXT_PAGE : FIRST_PAGE,
          ...(query && { query }),
          ...(sort && { sort }),
          ...(after && { after }),
        },
      },
    }),
  )
