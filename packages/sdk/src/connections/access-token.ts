import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { TokenRecord } from '../ports/index.ts'
import { accessFor, openAccess } from './access-set.ts'
import type { AccessToken } from './access-set.ts'
import { furtherAudience } from './audience.ts'
import { refreshToken } from './refresh-token.ts'
import { dropToken, heldToken, holdMs, holdToken } from './token-cache.ts'

const marginMs = 2 * 60_000
const leaseMs = 30_000
/** Longer than a token endpoint is given to answer. */
const answerMs = 12_000
const waitMs = 12_000

const running = new WeakMap<Context, Map<string, Promise<string>>>()

export interface AccessTokenOptions {
  /** Asks for a new one even when the stored one has not ended: the proof that the grant still lives. */
  readonly renew?: boolean
  /** What the token is for; absent: the first audience of the connection. */
  readonly audience?: string | undefined
}

/**
 * The only door to an access token: valid for two minutes at least, refreshed once for everybody who asks at the same time, in this
 * process by sharing and between processes by a lease on the row. A refresh is never repeated by itself.
 * @throws `grant_revoked` and its kin when the grant is dead, `app_secret_invalid` and its kin when the app is, `provider_unavailable`, `throttled`
 */
export async function accessToken(context: Context, connection: Connection, options: AccessTokenOptions = {}): Promise<string> {
  const { renew = false } = options
  const audience = furtherAudience(context, connection, options.audience)
  const held = renew ? null : heldToken(context, connection, audience)
  if (held !== null) return held.token
  const shared = running.get(context) ?? new Map<string, Promise<string>>()
  running.set(context, shared)
  const key = JSON.stringify([connection.tenantId, connection.id, connection.generation, renew, audience ?? null])
  const waiting = shared.get(key)
  if (waiting !== undefined) return waiting
  const started = obtain(context, connection, { renew, audience }).finally(() => shared.delete(key))
  shared.set(key, started)
  return started
}

/**
 * The vendor's API refused a token that had not ended: another is asked for, once for each version of the grant.
 * @returns whether it is worth trying again
 */
export async function rejectAccessToken(context: Context, connection: Connection, named?: string): Promise<boolean> {
  const audience = furtherAudience(context, connection, named)
  const { tenantId, id } = connection
  const used = heldToken(context, connection, audience)?.version
  dropToken(context, connection, audience)
  const stored = await context.store.tokens.get(tenantId, id)
  if (stored === null) return false
  // Someone else replaced it already.
  if (used !== undefined && stored.version > used) return true
  const rejected = await context.store.tokens.reject(tenantId, id, stored.version)
  if (rejected) context.logger.log('warn', 'token.rejected', { connectionId: id })
  return rejected
}

async function obtain(
  context: Context,
  connection: Connection,
  { renew, audience }: { readonly renew: boolean; readonly audience: string | undefined },
): Promise<string> {
  const { tenantId, id } = connection
  const owner = context.random.uuid()
  let replaced: number | null = null
  const giveUpAt = context.clock.now() + waitMs
  for (let round = 0; round < 120; round += 1) {
    const record = await context.store.tokens.get(tenantId, id)
    if (record === null) throw new TenantryError('grant_revoked')
    const now = context.clock.now()
    if (renew) replaced ??= record.version
    const stored = record.version === replaced ? null : await storedToken(context, record, audience, now)
    if (stored !== null && stored.expiresAt - marginMs > now) return keep(context, connection, record, stored, audience)
    const lease = await context.store.tokens.acquireLease(tenantId, id, { version: record.version, owner, now, leaseMs })
    if (lease !== null) {
      const refreshed = await refreshToken(context, connection, {
        record,
        lease,
        askBefore: now + leaseMs - answerMs,
        provider: providerNamed(context, connection.provider),
        audience,
        renew,
      })
      if (refreshed === 'superseded') continue
      holdToken(context, connection, { ...refreshed, until: holdUntil(now, refreshed.expiresAt) }, audience)
      return refreshed.token
    }
    // Someone else refreshes; the old token still serves until it really ends.
    if (stored !== null && stored.expiresAt > now + 5_000) return keep(context, connection, record, stored, audience)
    if (now > giveUpAt) break
    await pause(20 + Math.min(round * 10, 180))
  }
  throw new TenantryError('provider_unavailable')
}

/** What is stored for an audience. The row alone says when the first one ended, so nothing is opened in vain. */
async function storedToken(context: Context, record: TokenRecord, audience: string | undefined, now: number): Promise<AccessToken | null> {
  if (audience === undefined && record.accessExpiresAt <= now) return null
  const access = await openAccess(context, record)
  return access === null ? null : accessFor(access, audience)
}

function keep(
  context: Context,
  connection: Connection,
  { version }: TokenRecord,
  { token, expiresAt }: AccessToken,
  audience: string | undefined,
): string {
  holdToken(context, connection, { token, version, until: holdUntil(context.clock.now(), expiresAt) }, audience)
  return token
}

const holdUntil = (now: number, expiresAt: number): number => Math.min(now + holdMs, expiresAt - marginMs)

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
