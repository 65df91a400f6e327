import { actorOf } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { TokenRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { accessToken } from './access-token.ts'
import { copyGrant } from './copy-grant.ts'
import { guard, loadGuarded } from './guard.ts'
import { assertSameLife, LostLease } from './lost-lease.ts'
import { newConnection } from './new-connection.ts'
import { parseName } from './parse-name.ts'
import { probeGrant, settleProbe } from './probe-grant.ts'
import type { ProbedGrant } from './probe-grant.ts'
import { refuseTwin } from './refuse-twin.ts'
import { isOnOwnApp, resolveApp } from './resolve-app.ts'
import { summarize } from './summarize.ts'

export interface ConnectAnotherOptions {
  readonly principal: Principal
  /** The connection whose sign-in is used. */
  readonly connectionId: string
  /** `name` plus the provider's own settings. */
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * Makes another connection of the same provider on the same sign-in, for example a second calendar. It belongs to the owner of the first.
 * @throws `not_found`, `forbidden`, `invalid_input` and the fields' codes, `connection_exists`, the reason for which the first cannot be used,
 * `google_not_configured`, `scopes_missing`, `switch_needs_sign_in`, `conflict`, `unavailable`
 */
export async function connectAnother(context: Context, options: ConnectAnotherOptions): Promise<ConnectionSummary> {
  const { principal } = options
  const source = await loadGuarded(context, principal, 'connection.reconnect', options.connectionId)
  const { tenantId, ownerUserId, ownerName, account, appVersion } = source
  const provider = providerNamed(context, source.provider)
  await guard(context, principal, 'connection.connect', { id: null, provider: provider.name, ownerUserId })
  const { name, ...rest } = options.settings
  const given = { name: parseName(name), settings: { ...provider.parseSettings(rest) } }
  if (account === null || !isLive(source.status)) throw new TenantryError(source.reason ?? 'conflict')
  if (isOnOwnApp(provider, source.settings) !== isOnOwnApp(provider, given.settings)) throw new TenantryError('switch_needs_sign_in')
  refuseOtherAudiences(provider, source.settings, given.settings)
  await resolveApp(context, { tenantId, settings: given.settings }, provider)
  const connection = {
    ...newConnection(context, { tenantId, provider: provider.name, ownerUserId, ownerName, appVersion, ...given }),
    account,
    grantedScopes: source.grantedScopes,
  }
  await refuseTwin(context.store, provider, connection, account)
  // The sign-in is safe with the first connection, so nothing has to be stored before its access is known.
  const accessOf = (audience?: string) => accessToken(context, source, { audience })
  const grant = await liveGrant(context, provider, source)
  const probed = await probeGrant(context, provider, connection, () => Promise.resolve(accessOf))
  await keep(context, { principal, provider, source, connection, grant, probed })
  context.jobs.wake()
  return summarize(context, principal, (await context.store.connections.get(tenantId, connection.id)) ?? connection)
}

/** What is stored are tokens for the audiences of the first connection, in their order. @throws `scopes_missing` */
function refuseOtherAudiences(provider: AnyProvider, from: Connection['settings'], to: Connection['settings']): void {
  const namesOf = (settings: Connection['settings']) => provider.audiences(settings).map(({ name }) => name)
  const had = namesOf(from)
  if (namesOf(to).some((name, at) => (at === 0 ? had[0] !== name : !had.includes(name)))) throw new TenantryError('scopes_missing')
}

/** The stored grant, with access tokens that are good for this call. @throws the refresh's code */
async function liveGrant(context: Context, provider: AnyProvider, source: Connection): Promise<TokenRecord> {
  for (const { name } of provider.audiences(source.settings)) await accessToken(context, source, { audience: name })
  const record = await context.store.tokens.get(source.tenantId, source.id)
  if (record === null) throw new TenantryError('conflict')
  return record
}

interface Another {
  readonly principal: Principal
  readonly provider: AnyProvider
  readonly source: Connection
  readonly connection: Connection
  readonly grant: TokenRecord
  readonly probed: ProbedGrant
}

/** Row, tokens, status and upkeep at once. @throws `conflict` when the first connection was ended or signed in anew meanwhile */
async function keep(context: Context, { principal, provider, source, connection, grant, probed }: Another): Promise<void> {
  const row = await copyGrant(context, grant, { connectionId: connection.id, version: 1 })
  const sealer = await context.envelope.sealerFor(connection.tenantId)
  try {
    await context.store.transaction(async (transaction) => {
      await assertSameLife(transaction, source)
      const stored = await transaction.tokens.get(source.tenantId, source.id)
      if (stored?.version !== grant.version) throw new LostLease()
      if (connection.account !== null) await refuseTwin(transaction, provider, connection, connection.account)
      await transaction.connections.insert(connection)
      if (!(await transaction.tokens.put(row))) throw new LostLease()
      await settleProbe(context, transaction, sealer, connection, probed, { actor: actorOf(principal) })
    })
  } catch (error) {
    throw error instanceof LostLease ? new TenantryError('conflict') : error
  }
}
