import { appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { Repositories } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { firstAudience, isAppGrant } from './audience.ts'
import { beginAnew } from './begin-anew.ts'
import { changeConnection } from './change.ts'
import { refuseTwin } from './refuse-twin.ts'
import { isOnOwnApp } from './resolve-app.ts'
import { dropToken } from './token-cache.ts'

type Settings = Connection['settings']

/** Settings of a connection with some of them changed; the thing itself stays unless the provider has several to read. @throws `invalid_input` and the fields' codes, `connection_exists` */
export async function parseChoices(
  store: Pick<Repositories, 'connections'>,
  provider: AnyProvider,
  connection: Connection,
  change: Settings | undefined,
): Promise<Settings> {
  if (change === undefined) return { ...connection.settings }
  const settings = { ...provider.parseSettings({ ...connection.settings, ...change }) }
  const { account } = connection
  if (account === null || provider.identity(settings, account) === provider.identity(connection.settings, account)) return settings
  if (provider.feed === undefined || provider.address !== undefined) throw new TenantryError('invalid_input', { field: 'settings' })
  await refuseTwin(store, provider, { ...connection, settings }, account)
  return settings
}

/** Whether the sign-in that a connection has was asked for all that other settings need. */
export function needsOtherGrant(provider: AnyProvider, from: Settings, to: Settings): boolean {
  const scopesOf = (settings: Settings): string[] =>
    provider.audiences(settings).flatMap(({ name, scopes }) => scopes.map((scope) => `${name} ${scope}`))
  const asked = new Set(scopesOf(from))
  // A sign-in belongs to the app that it was made with.
  const isOtherApp = isOnOwnApp(provider, from) !== isOnOwnApp(provider, to)
  return isOtherApp || isAppGrant(provider, from) !== isAppGrant(provider, to) || scopesOf(to).some((scope) => !asked.has(scope))
}

/** Writes name and settings, in the transaction that keeps the rest; another feed begins anew. @returns the connection, `null` when it was ended meanwhile */
export async function writeChoices(
  context: Context,
  transaction: Repositories,
  sealer: Sealer,
  input: {
    readonly provider: AnyProvider
    readonly connection: Connection
    readonly change: Pick<Connection, 'name' | 'settings'>
    readonly actor: string
  },
): Promise<Connection | null> {
  const { provider, connection, change, actor } = input
  const { tenantId, id } = connection
  const feedOf = (of: Settings) => provider.feed?.(provider.parseSettings(of))
  const isSameFeed = feedOf(change.settings) === feedOf(connection.settings)
  const written = isSameFeed
    ? await changeConnection(transaction, connection, context.clock.now(), () => change)
    : await beginAnew(context, transaction, connection, change)
  if (written === null) return null
  // What is stored as the first audience's token would be another's.
  if (firstAudience(provider, change.settings).name !== firstAudience(provider, connection.settings).name) {
    const stored = await transaction.tokens.get(tenantId, id)
    if (stored !== null) await transaction.tokens.reject(tenantId, id, stored.version)
    dropToken(context, connection)
  }
  await appendAudit(context, transaction, sealer, {
    tenantId,
    actor,
    action: 'settings.changed',
    subject: `connection:${id}`,
    outcome: 'ok',
  })
  return written
}
