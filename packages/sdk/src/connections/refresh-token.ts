import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import { ProviderRefusal } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { revealSecret } from '../model/secret.ts'
import type { Secret } from '../model/secret.ts'
import { refreshGrant, requestAppGrant } from '../oauth/token-client.ts'
import type { Grant } from '../oauth/token-client.ts'
import type { TokenRecord } from '../ports/index.ts'
import type { OAuthApp } from '../vendors/vendor.ts'
import { accessFor, openAccess, replaceAccess } from './access-set.ts'
import type { AccessSet } from './access-set.ts'
import { isAppGrant, tokenScope } from './audience.ts'
import { mendApp, passApp } from './breaker.ts'
import { explainRefusal } from './explain-refusal.ts'
import { noteAnswer } from './note-answer.ts'
import type { RefreshWork } from './refresh-work.ts'
import { resolveApp } from './resolve-app.ts'
import { sealGrant } from './seal-grant.ts'
import { tokenContext } from './token-context.ts'

export interface Refreshed {
  readonly token: string
  readonly version: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** Sealed answers whose write failed, by the version that they replace: the vendor may give each of them only once. */
const unsaved = new WeakMap<Context, Map<string, TokenRecord>>()

/**
 * Exchanges the refresh token once, under the lease, and writes what came back on the version that it was made from.
 * @returns the new token, or `superseded` when another version is stored by now
 * @throws the refusal's code, once it is known what it means
 */
export async function refreshToken(context: Context, connection: Connection, work: RefreshWork): Promise<Refreshed | 'superseded'> {
  const { record, lease, provider } = work
  const { tenantId, connectionId } = record
  let appVersion: string | null = null
  try {
    const kept = await saveKept(context, work)
    if (kept !== null) return kept
    const app = await resolveApp(context, connection, provider)
    appVersion = app.version
    const wasBroken = work.renew || (await passApp(context, connection, provider, app.version))
    const secret = await context.envelope.open(tokenContext(record, 'refresh'), record.sealedRefresh)
    // A process that slept since it took the lease does not ask any more: somebody else does.
    if (context.clock.now() >= work.askBefore) return await giveUp(context, work)
    // With what keeps the answer in hand already: the vendor may give it only once.
    const before = { sealer: await context.envelope.sealerFor(tenantId), access: await openAccess(context, record), secret }
    const grant = await ask(context, connection, work, app, secret)
    const refreshed = await commit(context, work, grant, before)
    await noteAnswer(context, tenantId, provider, 'ok')
    if (wasBroken) await mendApp(context, connection, provider)
    return refreshed
  } catch (error) {
    // Only an answer of the vendor's own settles it, and what was in doubt before stays so.
    const settled = !lease.inDoubt && !(error instanceof ProviderRefusal && isLost(error))
    await context.store.tokens.releaseLease(tenantId, connectionId, { fence: lease.fence, settled })
    const meaning = await explainRefusal(context, connection, { ...work, appVersion, error })
    if (meaning === 'superseded') return meaning
    throw meaning
  }
}

async function giveUp(context: Context, { record, lease }: RefreshWork): Promise<'superseded'> {
  await context.store.tokens.releaseLease(record.tenantId, record.connectionId, { fence: lease.fence, settled: !lease.inDoubt })
  return 'superseded'
}

/** A grant of the app itself is asked for again; a person's is refreshed. */
function ask(context: Context, { settings }: Connection, work: RefreshWork, app: OAuthApp, secret: Secret): Promise<Grant> {
  const { provider, audience } = work
  const asked = { vendor: provider.vendor.name, app, scope: tokenScope(provider, app, settings, audience) }
  return isAppGrant(provider, settings) ? requestAppGrant(context, asked) : refreshGrant(context, { ...asked, refreshToken: secret })
}

interface Before {
  readonly sealer: Sealer
  readonly access: AccessSet | null
  readonly secret: Secret
}

async function commit(context: Context, { record, lease, audience }: RefreshWork, grant: Grant, before: Before): Promise<Refreshed> {
  const { connectionId, version, grantedAt } = record
  const made = { token: revealSecret(grant.accessToken), expiresAt: grant.expiresAt }
  const sealed = await sealGrant(
    before.sealer,
    record,
    { access: replaceAccess(before.access, audience, made), refreshToken: grant.refreshToken ?? before.secret },
    {
      version: version + 1,
      grantedAt,
      refreshExpiresAt: grant.refreshExpiresAt ?? record.refreshExpiresAt,
      // It replaces one that was refused before its end: once is enough.
      rejected: record.rejected && record.accessExpiresAt === 0,
    },
  )
  const kept = unsaved.get(context) ?? new Map<string, TokenRecord>()
  unsaved.set(context, kept)
  kept.set(keyOf(record), sealed)
  const committed = await context.store.tokens.commit(sealed, { version, fence: lease.fence })
  kept.delete(keyOf(record))
  // A newer grant is stored; the token in hand is still good for this caller.
  if (!committed) context.logger.log('info', 'token.superseded', { connectionId })
  return { ...made, version: version + 1 }
}

/** An earlier answer of this very version that could not be written then. */
async function saveKept(context: Context, { record, lease: { fence }, audience }: RefreshWork): Promise<Refreshed | 'superseded' | null> {
  const kept = unsaved.get(context)?.get(keyOf(record))
  if (kept === undefined) return null
  const committed = await context.store.tokens.commit(kept, { version: record.version, fence })
  unsaved.get(context)?.delete(keyOf(record))
  const access = committed ? await openAccess(context, kept) : null
  const own = access === null ? null : accessFor(access, audience)
  return own === null ? 'superseded' : { ...own, version: kept.version }
}

/** Nobody knows whether the vendor did what it was asked. */
const isLost = ({ httpStatus }: ProviderRefusal): boolean => httpStatus === 0 || httpStatus >= 500

const keyOf = ({ tenantId, connectionId, version }: TokenRecord): string => JSON.stringify([tenantId, connectionId, version])
