import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { systemTenantId } from '../model/principal.ts'
import type { BreakerRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { isOnOwnApp } from './resolve-app.ts'

/** Names what connections share and a breaker holds: the tenant's app, the quota of its project, a whole vendor. */
export type BreakerScope = 'app' | 'quota' | 'vendor'

type Place = Pick<BreakerRecord, 'tenantId' | 'key'>
type Pinned = Pick<Connection, 'tenantId' | 'settings'>

/** An app of the host's breaks by itself, and leaves the tenant's own alone. */
export function breakerPlace(scope: BreakerScope, { tenantId, settings }: Pinned, provider: AnyProvider): Place {
  const { vendor, service } = provider
  if (scope === 'vendor') return { tenantId: systemTenantId, key: `vendor/${vendor.name}` }
  return { tenantId, key: `${scope}/${vendor.name}/${service}${isOnOwnApp(provider, settings) ? '' : '@host'}` }
}

/**
 * Where it stands what one account was told to wait for: a quota counts by user, whatever of theirs is connected; and by the thing itself where others
 * sign in for it.
 */
export function throttlePlace(connection: Pinned & Pick<Connection, 'id' | 'account'>, provider: AnyProvider): Place {
  const { tenantId, id, account } = connection
  const whose = provider.address === undefined ? (account?.subject ?? id) : id
  return { tenantId, key: `${breakerPlace('quota', connection, provider).key}/${whose}` }
}

/** Holds all tasks of one account back. Nobody is told: it is its daily life. */
export async function noteThrottle(context: Context, connection: Connection, provider: AnyProvider, holdMs: number): Promise<void> {
  const now = context.clock.now()
  const place = throttlePlace(connection, provider)
  await context.store.breakers.trip({ ...place, reason: 'throttled', of: null, blockedUntil: now + holdMs, failures: 1, since: now })
}

export interface Trip {
  readonly reason: ErrorCode
  /** Of the app that is broken; another one is not held back. */
  readonly of?: string
  readonly holdMs: number
  readonly failures?: number
}

/** Holds everybody back who shares it. Told once, however many notice. */
export async function tripBreaker(context: Context, place: Place, { reason, of, holdMs, failures = 1 }: Trip): Promise<void> {
  const now = context.clock.now()
  const record = { ...place, reason, of: of ?? null, blockedUntil: now + holdMs, failures, since: now }
  if (!(await context.store.breakers.trip(record))) return
  const scope = place.key.split('/')[0] ?? ''
  context.telemetry.count('tenantry.breaker', 1, { scope, state: 'tripped', reason })
  context.logger.log('warn', 'breaker.tripped', { tenantId: place.tenantId, place: place.key, reason, of: of ?? null })
}

/** @returns whether it was broken */
export async function mendBreaker(context: Context, place: Place): Promise<boolean> {
  if (!(await context.store.breakers.remove(place.tenantId, place.key))) return false
  context.telemetry.count('tenantry.breaker', 1, { scope: place.key.split('/')[0] ?? '', state: 'mended' })
  context.logger.log('info', 'breaker.mended', { tenantId: place.tenantId, place: place.key })
  return true
}

/** How long the one who tries has for it. */
const tryMs = 30_000

/**
 * Lets one caller at a time through to a broken app, once its time has come, and everybody to one that works or was replaced.
 * @returns whether the app was broken until now
 * @throws the app's own failure, with the time to wait
 */
export async function passApp(context: Context, connection: Connection, provider: AnyProvider, version: string): Promise<boolean> {
  const { tenantId } = connection
  const place = breakerPlace('app', connection, provider)
  const breaker = await context.store.breakers.get(tenantId, place.key)
  if (breaker === null || breaker.of !== version) return breaker !== null
  const now = context.clock.now()
  if (await context.store.breakers.takeTry(tenantId, place.key, { now, until: now + tryMs })) return true
  throw new TenantryError(breaker.reason as ErrorCode, { retryAfterMs: Math.max(breaker.blockedUntil - now, tryMs) })
}

/** The app works again: whoever it kept waiting is looked at now. */
export async function mendApp(context: Context, connection: Connection, provider: AnyProvider): Promise<void> {
  const { tenantId } = connection
  if (!(await mendBreaker(context, breakerPlace('app', connection, provider)))) return
  const dueAt = context.clock.now()
  for (const waiting of await context.store.connections.list(tenantId, { provider: provider.name }))
    if (waiting.status === 'blocked_by_app')
      await context.store.tasks.schedule({ tenantId, connectionId: waiting.id, kind: 'reconcile', dueAt })
  context.jobs.wake()
}

/** The tenant's app of a vendor was changed: what was known of the old one says nothing any more. */
export async function forgetApp(context: Context, tenantId: string, vendor: string): Promise<void> {
  for (const provider of context.providers.values())
    if (provider.vendor.name === vendor)
      for (const scope of ['app', 'quota'] as const) await mendBreaker(context, breakerPlace(scope, { tenantId, settings: {} }, provider))
}
