/**
 * The calls of the native API that the server's document does not list yet, in the form that openapi-typescript writes.
 */
interface Operation<Answer, Body = never, Path = never, Query = never> {
  parameters: {
    query?: [Query] extends [never] ? never : Query
    header?: never
    path?: [Path] extends [never] ? never : Path
    cookie?: never
  }
  requestBody?: [Body] extends [never] ? never : { content: { 'application/json': Body } }
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } } }
}

export type Role = 'admin' | 'supervisor' | 'agent' | 'area_agent' | 'light_agent'
export type Scope = 'read' | 'write' | 'admin'

export interface Me {
  id: string
  email: string
  name: string
  role: Role
  area: string | null
  picture: string | null
  language: 'es' | 'en' | null
  theme: 'light' | 'dark' | 'system'
  signature: string
  permissions: string[]
  desk: { name: string; time_zone: string; version: string }
}
export interface Session {
  id: string
  created_at: string
  seen_at: string
  address: string
  user_agent: string
  is_current: boolean
}
export interface LinkCheck {
  kind: 'setup' | 'invitation' | 'reset'
  email: string | null
  name: string | null
}
export interface Agent {
  id: string
  name: string
  email: string
  role: Role
  area: string | null
  picture: string | null
  is_active: boolean
  state: 'active' | 'invited' | 'inactive'
  last_seen_at: string | null
  version: number
}
export interface OneTimeLink {
  url: string | null
  expires_at: string
}
export interface ApiKey {
  id: string
  name: string
  prefix: string
  role: Role
  area: string | null
  scopes: Scope[]
  created_at: string
  last_used_at: string | null
  expires_at: string | null
}
export interface Area {
  name: string
}
interface List<Row> {
  data: Row[]
  next: string | null
}
interface Id {
  id: string
}

export interface PlannedPaths {
  '/api/desk/v1/session': {
    post: Operation<Me, { email: string; password: string }>
    delete: Operation<never>
  }
  '/api/desk/v1/sessions': { get: Operation<List<Session>> }
  '/api/desk/v1/sessions/{id}': { delete: Operation<never, never, Id> }
  '/api/desk/v1/setup': {
    post: Operation<Me, { token: string; email: string; name: string; password: string; language?: 'es' | 'en' }>
  }
  '/api/desk/v1/links/check': { post: Operation<LinkCheck, { token: string }> }
  '/api/desk/v1/invitations/accept': { post: Operation<Me, { token: string; name?: string; password: string }> }
  '/api/desk/v1/resets/accept': { post: Operation<Me, { token: string; password: string }> }
  '/api/desk/v1/me': {
    get: Operation<Me>
    patch: Operation<Me, Partial<Pick<Me, 'name' | 'language' | 'theme' | 'signature'>>>
  }
  '/api/desk/v1/me/password': { post: Operation<never, { current: string; new: string }> }
  '/api/desk/v1/agents': {
    get: Operation<List<Agent>, never, never, { all?: boolean; limit?: number }>
    post: Operation<
      Agent & { invitation: OneTimeLink },
      { email: string; name: string; role: Role; area?: string | null }
    >
  }
  '/api/desk/v1/agents/{id}': {
    get: Operation<Agent, never, Id>
    patch: Operation<Agent, Partial<Pick<Agent, 'name' | 'role' | 'area' | 'is_active'>>, Id>
  }
  '/api/desk/v1/agents/{id}/invitation': { post: Operation<OneTimeLink, never, Id> }
  '/api/desk/v1/agents/{id}/reset': { post: Operation<OneTimeLink, never, Id> }
  '/api/desk/v1/areas': { get: Operation<List<{ name: string }>> }
  '/api/desk/v1/keys': {
    get: Operation<List<ApiKey>>
    post: Operation<
      ApiKey & { key: string | null },
      { name: string; role: Role; area?: string | null; scopes: Scope[]; expires_at?: string | null }
    >
  }
  '/api/desk/v1/keys/{id}': { delete: Operation<never, never, Id> }
}
