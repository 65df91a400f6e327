import type { ConnectionSummary } from '@tenantry/sdk/wire'

export type Ended = Pick<ConnectionSummary, 'health' | 'goodbye'>

/** How a connection that has ended here stands with its provider. */
export type GoodbyeState =
  /** Nothing is left to do. */
  | 'said'
  /** It is tried again. */
  | 'pending'
  /** The access may still stand in the account, and nobody tries any more: a person can take it away. */
  | 'unconfirmed'
  /** Nobody tries any more, and what is left ends by itself. */
  | 'given_up'

/** Reads it; a connection that lives again owes nobody a word about its earlier life. */
export function readGoodbye({ health, goodbye }: Ended): GoodbyeState {
  if (health.status !== 'disconnected') return 'said'
  if (goodbye !== null && goodbye.pending > 0) return 'pending'
  if (endedByReset(health)) return goodbye === null ? 'said' : 'unconfirmed'
  if (health.reason !== null) return 'unconfirmed'
  return goodbye === null ? 'said' : 'given_up'
}

/** The access may still stand in the account: a person can take it away. */
export function mayHaveAccess(connection: Ended): boolean {
  const state = readGoodbye(connection)
  return state === 'unconfirmed' || (state === 'pending' && connection.health.reason === 'provider_unavailable')
}

/** An admin ended all of the tenant's connections: a person has to sign in again. */
export function endedByReset({ status, reason }: Pick<ConnectionSummary['health'], 'status' | 'reason'>): boolean {
  return status === 'disconnected' && (reason === 'google_reset' || reason === 'microsoft_reset')
}
