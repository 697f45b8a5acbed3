/** Query keys. Whatever shows the same thing uses the same key, so that one change refreshes all of it. */
export const keys = {
  me: ['me'] as const,
  sessions: ['sessions'] as const,
  agents: ['agents'] as const,
  allAgents: ['agents', 'all'] as const,
  areas: ['areas'] as const,
  apiKeys: ['api-keys'] as const,
  /** Every list of tickets; append what the list is of. */
  tickets: ['tickets'] as const,
  /** One ticket by its id or label; append `timeline`, `draft`, … for its parts. */
  ticket: (ref: string | number) => ['ticket', String(ref)] as const,
  counts: ['counts'] as const,
  views: ['views'] as const,
  macros: ['macros'] as const,
  tags: ['tags'] as const,
  fields: ['fields'] as const,
  notifications: ['notifications'] as const,
}
