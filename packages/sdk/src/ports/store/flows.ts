import type { ErrorCode } from '../../errors/index.ts'

/** One OAuth round trip. Times are epoch milliseconds. */
export interface FlowRecord {
  readonly tenantId: string
  readonly id: string
  readonly userId: string
  readonly provider: string
  readonly connectionId: string
  readonly generation: number
  readonly callbackPath: string
  readonly redirectUri: string
  /** What the connection is set to when the sign-in succeeds; `null`: as it is. Never a secret. */
  readonly settings: Readonly<Record<string, unknown>> | null
  readonly scopes: readonly string[]
  readonly appVersion: string
  /** Sealed PKCE verifier, RFC 7636. */
  readonly sealedVerifier: string
  readonly nonceHash: string
  /** SHA-256 of the binding cookie, base64url. */
  readonly bindingHash: string
  readonly returnTo: string
  readonly openerOrigin: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly consumedAt: number | null
  readonly outcome: FlowOutcome | null
}

export interface FlowOutcome {
  readonly outcome: 'connected' | 'failed'
  readonly code: ErrorCode | null
  readonly values: Readonly<Record<string, string>>
}

export interface FlowRepository {
  insert(flow: FlowRecord): Promise<void>
  get(tenantId: string, id: string): Promise<FlowRecord | null>
  /**
   * Takes the flow for its one use: sets `consumedAt` when it is not set and `expiresAt > now`, atomically.
   * @returns the flow to exactly one caller, `null` to everyone else
   */
  consume(tenantId: string, id: string, now: number): Promise<FlowRecord | null>
  /** Keeps the result for the page that waits for it. */
  finish(tenantId: string, id: string, outcome: FlowOutcome): Promise<void>
  /** Flows of a person that are neither consumed nor expired. */
  countLive(tenantId: string, userId: string, now: number): Promise<number>
  /** Deletes flows that expired before the given time. @returns how many */
  removeExpired(before: number): Promise<number>
}
