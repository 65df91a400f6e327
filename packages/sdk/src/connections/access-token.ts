import type { Context } from '../context.ts'
import { ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { revealSecret } from '../model/secret.ts'
import type { Secret } from '../model/secret.ts'
import { refreshGrant } from '../oauth/token-client.ts'
import type { Grant } from '../oauth/token-client.ts'
import type { TokenRecord } from '../ports/index.ts'
import { providerNamed } from '../context.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { setStatus } from './change.ts'
import { resolveApp } from './resolve-app.ts'
import { sealGrant, tokenContext } from './seal-grant.ts'

const marginMs = 2 * 60_000
const leaseMs = 30_000
const waitMs = 12_000

const running = new WeakMap<Context, Map<string, Promise<string>>>()

export interface AccessTokenOptions {
  /** Asks for a new one even when the stored one has not ended: the proof that the grant still lives. */
  readonly renew?: boolean
}

/**
 * The only door to an access token: valid for two minutes at least, refreshed once for everybody who asks at the same time, in this
 * process by sharing and between processes by a lease on the row. A refresh is never repeated by itself.
 * @throws `grant_revoked` and its kin when the grant is dead, `app_secret_invalid` and its kin when the app is, `provider_unavailable`, `throttled`
 */
export async function accessToken(context: Context, connection: Connection, { renew = false }: AccessTokenOptions = {}): Promise<string> {
  const shared = running.get(context) ?? new Map<string, Promise<string>>()
  running.set(context, shared)
  const key = JSON.stringify([connection.tenantId, connection.id, renew])
  const waiting = shared.get(key)
  if (waiting !== undefined) return waiting
  const started = obtain(context, connection, renew).finally(() => shared.delete(key))
  shared.set(key, started)
  return started
}

async function obtain(context: Context, connection: Connection, renew: boolean): Promise<string> {
  const owner = context.random.uuid()
  let replaced: number | null = null
  const giveUpAt = context.clock.now() + waitMs
  for (let round = 0; round < 120; round += 1) {
    const record = await context.store.tokens.get(connection.tenantId, connection.id)
    if (record === null) throw new TenantryError('grant_revoked')
    const now = context.clock.now()
    if (renew) replaced ??= record.version
    const serves = record.sealedAccess !== null && record.version !== replaced
    if (serves && record.accessExpiresAt - marginMs > now) return openAccess(context, record)
    const lease = await context.store.tokens.acquireLease(connection.tenantId, connection.id, {
      version: record.version,
      owner,
      now,
      leaseMs,
    })
    if (lease !== null) return refresh(context, connection, record, lease.fence)
    // Someone else refreshes; the old token still serves until it really ends.
    if (serves && record.accessExpiresAt > now + 5_000) return openAccess(context, record)
    if (now > giveUpAt) break
    await pause(20 + Math.min(round * 10, 180))
  }
  throw new TenantryError('provider_unavailable')
}

async function refresh(context: Context, connection: Connection, record: TokenRecord, fence: number): Promise<string> {
  const provider = providerNamed(context, connection.provider)
  let appVersion: string | null = null
  try {
    const app = await resolveApp(context, connection.tenantId, provider)
    appVersion = app.version
    const refreshToken = await context.envelope.open(tokenContext(record, 'refresh'), record.sealedRefresh)
    const grant = await refreshGrant(context, { endpoints: provider.vendor.oauth, vendor: provider.vendor.name, app, refreshToken })
    await commit(context, record, fence, grant, refreshToken)
    return revealSecret(grant.accessToken)
  } catch (error) {
    await context.store.tokens.releaseLease(connection.tenantId, connection.id, fence)
    throw await explain(context, connection, provider, { record, appVersion, error })
  }
}

async function commit(context: Context, record: TokenRecord, fence: number, grant: Grant, refreshToken: Secret): Promise<void> {
  const sealed = await sealGrant(
    context,
    record,
    { ...grant, refreshToken: grant.refreshToken ?? refreshToken },
    { version: record.version + 1, grantedAt: record.grantedAt, refreshExpiresAt: grant.refreshExpiresAt ?? record.refreshExpiresAt },
  )
  // When it fails, a newer grant is stored; the token in hand is still good for this caller.
  const committed = await context.store.tokens.commit(sealed, { version: record.version, fence })
  if (!committed) context.logger.log('info', 'token.superseded', { connectionId: record.connectionId })
}

/** Turns a refusal into the connection's state: a grant is called dead only when the refused version is still the stored one. */
async function explain(
  context: Context,
  connection: Connection,
  provider: AnyProvider,
  { record, appVersion, error }: { record: TokenRecord; appVersion: string | null; error: unknown },
): Promise<TenantryError> {
  if (error instanceof TenantryError) {
    if (error.code === 'google_not_configured')
      await setStatus(context, connection, 'not_configured', { reason: error.code, values: error.values })
    return error
  }
  if (!(error instanceof ProviderRefusal)) throw error
  const classified = provider.vendor.classify(error, {
    grantAgeMs: context.clock.now() - record.grantedAt,
    appSaved: connection.appVersion !== null && connection.appVersion !== appVersion,
  })
  const stored = await context.store.tokens.get(connection.tenantId, connection.id)
  if (stored !== null && stored.version !== record.version) return new TenantryError('provider_unavailable')
  const { code: reason } = classified.error
  // What is known already may be known with more detail.
  const onlyIf = (current: Connection) => current.status !== 'needs_reauth' || current.reason !== reason
  if (classified.class === 'reauth') await setStatus(context, connection, 'needs_reauth', { reason, onlyIf })
  if (classified.class === 'app') await setStatus(context, connection, 'blocked_by_app', { reason })
  return classified.error
}

async function openAccess(context: Context, record: TokenRecord): Promise<string> {
  return revealSecret(await context.envelope.open(tokenContext(record, 'access'), record.sealedAccess ?? ''))
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
