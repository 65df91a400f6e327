import type { ErrorCode } from '../errors/index.ts'

export const connectionStatuses = [
  'not_configured',
  'connecting',
  'connected',
  'degraded',
  'needs_reauth',
  'blocked_by_app',
  'error',
  'paused',
  'disconnected',
] as const

export type ConnectionStatus = (typeof connectionStatuses)[number]

export type DeliveryMode = 'push' | 'polling'

/** Who signed in: the vendor's stable subject and the address people know. */
export interface Account {
  readonly subject: string
  readonly address: string
}

/** One authorized mailbox or calendar of a tenant. Times are epoch milliseconds. */
export interface Connection {
  readonly tenantId: string
  readonly id: string
  /** The provider's name, for example `gmail`. */
  readonly provider: string
  /** Who made it; a personal connection belongs to this person. */
  readonly ownerUserId: string
  readonly ownerName: string | null
  readonly name: string
  /** The provider's own settings, validated by it. Never a secret. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly account: Account | null
  readonly status: ConnectionStatus
  readonly reason: ErrorCode | null
  readonly reasonValues: Readonly<Record<string, string>>
  readonly statusSince: number
  readonly delivery: DeliveryMode
  readonly deliveryReason: ErrorCode | null
  readonly grantedScopes: readonly string[]
  /** Version of the tenant's app bundle that made the grant. */
  readonly appVersion: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly lastSyncAt: number | null
  readonly lastPushAt: number | null
  readonly lastItemAt: number | null
  readonly nextAttemptAt: number | null
  readonly failures: number
  /** Grows with each write; a write names the version it saw. */
  readonly version: number
  /** Grows with each disconnect and reconnect, so that late work of an earlier life is refused. */
  readonly generation: number
}

const next: Record<ConnectionStatus, readonly ConnectionStatus[]> = {
  not_configured: ['connecting', 'connected', 'degraded', 'needs_reauth', 'blocked_by_app', 'error', 'disconnected'],
  connecting: ['connected', 'degraded', 'error', 'blocked_by_app', 'needs_reauth', 'not_configured', 'disconnected'],
  connected: ['not_configured', 'degraded', 'needs_reauth', 'blocked_by_app', 'error', 'paused', 'disconnected', 'connecting'],
  degraded: ['not_configured', 'connected', 'needs_reauth', 'blocked_by_app', 'error', 'paused', 'disconnected', 'connecting'],
  needs_reauth: ['connecting', 'connected', 'degraded', 'error', 'blocked_by_app', 'disconnected'],
  blocked_by_app: ['connecting', 'connected', 'degraded', 'needs_reauth', 'error', 'disconnected'],
  error: ['not_configured', 'connecting', 'connected', 'degraded', 'needs_reauth', 'blocked_by_app', 'paused', 'disconnected'],
  paused: ['connected', 'degraded', 'connecting', 'needs_reauth', 'disconnected'],
  disconnected: ['connecting', 'connected', 'degraded', 'error'],
}

/** Whether a connection may go from one status to another. Staying is always allowed. */
export function canTransition(from: ConnectionStatus, to: ConnectionStatus): boolean {
  return from === to || next[from].includes(to)
}

/** Whether upkeep and sync run for a connection in this status. */
export function isLive(status: ConnectionStatus): boolean {
  return status === 'connected' || status === 'degraded' || status === 'error' || status === 'blocked_by_app' || status === 'not_configured'
}

/** A sign-in that was begun and never finished is not a connection yet. */
export function isDraft({ account }: Connection): boolean {
  return account === null
}
