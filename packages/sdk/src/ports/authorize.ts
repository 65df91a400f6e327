import type { Principal } from '../model/principal.ts'

/** What each allows: docs/authorize.md. */
export type Action =
  | 'google.read'
  | 'google.save'
  | 'google.test'
  | 'google.reset'
  | 'microsoft.read'
  | 'microsoft.save'
  | 'microsoft.test'
  | 'microsoft.reset'
  | 'connection.read'
  | 'connection.connect'
  | 'connection.update'
  | 'connection.reconnect'
  | 'connection.disconnect'
  | 'connection.remove'
  | 'connection.sync'
  | 'connection.diagnose'
  | 'connection.use'

export interface ConnectionFacts {
  readonly id: string | null
  readonly provider: string
  readonly ownerUserId: string
}

export interface AuthorizeRequest {
  readonly principal: Principal
  readonly action: Action
  /**
   * The connection that is meant; its `id` is null while it does not exist yet. The whole is null when asked in general, before anything is
   * looked up: may this person do this at all? A rule about owners answers with `connection === null || connection.ownerUserId === principal.userId`.
   */
  readonly connection: ConnectionFacts | null
}

/** The host's rule. Only the value `true` allows; throwing, hanging or anything else denies. */
export type Authorize = (request: AuthorizeRequest) => boolean | Promise<boolean>
