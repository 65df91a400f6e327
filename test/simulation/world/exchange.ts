/** One request that the sdk made, as it was seen on the wire. Times are virtual epoch milliseconds. */
export interface Exchange {
  readonly at: number
  readonly worker: string
  /** Which run of that process, from its start to its death. */
  readonly life: string
  /** How far its clock was ahead, milliseconds. */
  readonly skewMs: number
  readonly service: 'token' | 'revoke' | 'gmail' | 'calendar' | 'pubsub' | 'graph' | 'other'
  readonly method: string
  readonly path: string
  /** Whose credentials it carries; `null` when they are nobody's. */
  readonly owner: Owner | null
  /** Whose thing its address names; `null` when it names none. */
  readonly resourceTenant: string | null
  readonly refreshToken: string | null
  /** What is exchanged for an access token: a refresh token, or the name of an app that acts for itself. */
  readonly grant: string | null
  /** Tenants of the client id and of the grant, of a token request. */
  readonly parties: readonly string[]
  /** The request was carried out, whatever became of the answer. */
  isServed: boolean
  endedAt: number | null
  /** 0 when no answer came back. */
  status: number
  /** No sooner, said the answer. */
  retryAt: number | null
  /** Whom the refusal concerned: one account or the whole project. */
  limit: 'account' | 'project' | null
}

export interface Owner {
  readonly tenantId: string
  /** `null` for a service account, and for an app that acts for itself where no mailbox is named. */
  readonly address: string | null
}

/** What wants to see everything that goes over the wire. */
export interface WireWatcher {
  begun?(exchange: Exchange): void
  ended?(exchange: Exchange, body: string): void
}
