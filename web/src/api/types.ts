import type { components } from './schema'

/** The API's own shapes under short names. */
type Schemas = components['schemas']

export type Me = Schemas['desk.Me']
export type Session = Schemas['desk.Session']
export type LinkFound = Schemas['desk.LinkFound']
export type Agent = Schemas['desk.Agent']
export type OneTimeLink = Schemas['desk.Invitation']
export type ApiKey = Schemas['desk.Key']
export type Role = Agent['role']
export type Scope = ApiKey['scopes'][number]
export type TicketRow = Schemas['desk.Row']
export type TicketPatch = Schemas['desk.Patch']
export type View = Schemas['desk.View']
export type Macro = Schemas['desk.Macro']
export type BulkResult = Schemas['desk.Result']
export type Status = TicketRow['status']
export type Priority = TicketRow['priority']
