import type { Context } from '../context.ts'
import { failureClasses, isTenantryError, ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { spread } from '../model/spread.ts'
import type { TokenRecord } from '../ports/index.ts'
import { askToSignIn } from './ask-to-sign-in.ts'
import { breakerPlace, tripBreaker } from './breaker.ts'
import { setStatus } from './change.ts'
import { noteAnswer } from './note-answer.ts'
import type { RefreshWork } from './refresh-work.ts'
import { resolveApp } from './resolve-app.ts'

interface Refused extends RefreshWork {
  readonly appVersion: string | null
  readonly error: unknown
}

/** One refusal is not believed: the second has to come at least this much later. */
const leastDoubtMs = 5_000
const doubtMs = 12_000
/** A broken app is asked this often. */
const appHoldMs = 15 * 60_000

/** When more than this part of the tenants that asked lately is refused, the vendor may be the one that errs. */
const guardShare = 0.2
const guardWaitMs = 30 * 60_000
/** Those that wait ask again one by one: each looks back to the last time that all of them did. */
const guardWindowMs = guardWaitMs + 5 * 60_000
/** Fewer may be chance, and are believed after one wait; of more, nobody errs for longer than this. */
const guardTenants = 5
const guardEndMs = 6 * 60 * 60_000

/**
 * Turns a refused refresh into what it means. A grant is called dead only when the version that was refused is still the stored one, when it was
 * refused twice, and when not all the world's are refused at once; an app is called broken once, and not by each of its users.
 * @returns the error to throw, or `superseded` when a newer version is stored
 */
export async function explainRefusal(context: Context, connection: Connection, refused: Refused): Promise<TenantryError | 'superseded'> {
  const { record, provider, error } = refused
  if (isTenantryError(error)) {
    if (failureClasses[error.code] === 'setup')
      await setStatus(context, connection, 'not_configured', { reason: error.code, values: error.values })
    return error
  }
  if (!(error instanceof ProviderRefusal)) throw error
  const classified = provider.vendor.classify(error, {
    grantAgeMs: context.clock.now() - record.grantedAt,
    appSaved: connection.appVersion !== null && connection.appVersion !== refused.appVersion,
  })
  const stored = await context.store.tokens.get(record.tenantId, record.connectionId)
  if (stored !== null && stored.version !== record.version) return 'superseded'
  const { code, values } = classified.error
  if (classified.class === 'app') {
    if (await wasReplaced(context, connection, refused)) return 'superseded'
    const place = breakerPlace('app', connection, provider)
    await tripBreaker(context, place, { reason: code, ...(refused.appVersion !== null && { of: refused.appVersion }), holdMs: appHoldMs })
    await setStatus(context, connection, 'blocked_by_app', { reason: code, values })
  }
  if (classified.class === 'reauth') return judgeGrant(context, connection, refused, classified.error)
  context.telemetry.count('tenantry.refresh', 1, { vendor: provider.vendor.name, outcome: classified.class })
  return classified.error
}

/** The app was saved while the refusal of the old one was on its way. @throws what says that there is none any more */
async function wasReplaced(context: Context, connection: Connection, { provider, appVersion }: Refused): Promise<boolean> {
  return appVersion !== null && (await resolveApp(context, connection, provider)).version !== appVersion
}

async function judgeGrant(
  context: Context,
  connection: Connection,
  refused: Refused,
  said: TenantryError,
): Promise<TenantryError | 'superseded'> {
  const { record, lease, renew } = refused
  const now = context.clock.now()
  await noteAnswer(context, record.tenantId, refused.provider, 'refused')
  // A new client cannot know the grant of an old one, and a policy says itself that it is one.
  const certain = said.code === 'app_changed' || said.code === 'reauth_policy'
  const code = lease.inDoubt && said.code === 'grant_revoked' ? 'grant_lost' : said.code
  const waitMs = certain ? 0 : await doubt(context, refused)
  if (waitMs > 0) {
    const dueAt = now + waitMs
    await context.store.tasks.schedule({ tenantId: record.tenantId, connectionId: record.connectionId, kind: 'reconcile', dueAt })
    // Whoever asks in person is told what the vendor said.
    return renew ? said : new TenantryError('provider_unavailable', { retryAfterMs: waitMs })
  }
  // What is known already may be known with more detail.
  const onlyIf = (current: Connection) => current.status !== 'needs_reauth' || current.reason !== code
  const isStill = ({ version }: TokenRecord) => version === record.version
  if (!(await askToSignIn(context, connection, { reason: code, values: said.values, onlyIf, isStill }))) return 'superseded'
  return code === said.code ? said : new TenantryError(code, { values: said.values })
}

/** @returns how long to wait before this refusal is asked for again; 0 when it is believed */
async function doubt(context: Context, { record, provider }: Refused): Promise<number> {
  const { tenantId, connectionId, version, doubtedAt } = record
  const now = context.clock.now()
  if (doubtedAt === null) {
    await context.store.tokens.doubt(tenantId, connectionId, { version, at: now })
    return spread(doubtMs, `${tenantId}/${connectionId}`)
  }
  if (now - doubtedAt < leastDoubtMs) return doubtedAt + leastDoubtMs - now
  const { tenantsAsked, tenantsRefused } = await context.store.refreshes.tally(provider.vendor.name, now - guardWindowMs)
  const doubtfulMs = tenantsRefused > guardTenants ? guardEndMs : tenantsRefused > 1 ? guardWaitMs : 0
  if (tenantsRefused <= tenantsAsked * guardShare || now - doubtedAt >= doubtfulMs) return 0
  context.logger.log('warn', 'refusals.doubted', { vendor: provider.vendor.name, tenantsAsked, tenantsRefused })
  return spread(guardWaitMs, `${tenantId}/${connectionId}`)
}
