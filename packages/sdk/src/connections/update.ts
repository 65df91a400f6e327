import { actorOf, appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { ConnectionSummary, UpdateInput } from '../wire/index.ts'
import { beginAnew } from './begin-anew.ts'
import { changeConnection, setStatus } from './change.ts'
import { loadGuarded } from './guard.ts'
import { parseName } from './parse-name.ts'
import { refuseTwin } from './refuse-twin.ts'
import { summarize } from './summarize.ts'

/**
 * Renames, changes the provider's settings, pauses or resumes. The mailbox or account stays; where the provider has several things to read, as an
 * account has calendars, another one begins anew.
 * @throws `not_found`, `forbidden`, `name_invalid`, `invalid_input`, `connection_exists`, `conflict`, `unavailable`
 */
export async function update(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string; readonly changes: UpdateInput },
): Promise<ConnectionSummary> {
  const { principal, changes } = options
  const connection = await loadGuarded(context, principal, 'connection.update', options.connectionId)
  const provider = providerNamed(context, connection.provider)
  const name = changes.name === undefined ? connection.name : parseName(changes.name)
  const settings = await parseSettings(context, provider, connection, changes.settings)
  const changesSettings = changes.name !== undefined || changes.settings !== undefined
  const written = changesSettings ? await write(context, principal, provider, connection, { name, settings }) : connection
  if (changes.settings !== undefined) await schedule(context, written)
  const settled = changes.paused === undefined ? written : await setPaused(context, principal, written, changes.paused)
  return summarize(context, principal, settled)
}

/** @throws `conflict` when the connection was ended meanwhile */
async function write(
  context: Context,
  principal: Principal,
  provider: AnyProvider,
  connection: Connection,
  change: Pick<Connection, 'name' | 'settings'>,
): Promise<Connection> {
  const { tenantId, id } = connection
  const feedOf = (of: Connection['settings']) => provider.feed?.(provider.parseSettings(of))
  const isSameFeed = feedOf(change.settings) === feedOf(connection.settings)
  const sealer = await context.envelope.sealerFor(tenantId)
  return context.store.transaction(async (transaction) => {
    const written = isSameFeed
      ? await changeConnection(transaction, connection, context.clock.now(), () => change)
      : await beginAnew(context, transaction, connection, change)
    if (written === null) throw new TenantryError('conflict')
    const line = { tenantId, actor: actorOf(principal), subject: `connection:${id}`, outcome: 'ok' }
    await appendAudit(context, transaction, sealer, { ...line, action: 'settings.changed' })
    return written
  })
}

async function parseSettings(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  change: UpdateInput['settings'],
): Promise<Record<string, unknown>> {
  if (change === undefined) return { ...connection.settings }
  const settings = { ...provider.parseSettings({ ...connection.settings, ...change }) }
  const { account } = connection
  if (account === null || provider.identity(settings, account) === provider.identity(connection.settings, account)) return settings
  if (provider.feed === undefined) throw new TenantryError('invalid_input', { field: 'settings' })
  await refuseTwin(context.store, provider, { ...connection, settings }, account)
  return settings
}

async function setPaused(context: Context, principal: Principal, connection: Connection, paused: boolean): Promise<Connection> {
  if (paused === (connection.status === 'paused')) return connection
  const moved = await setStatus(context, connection, paused ? 'paused' : 'connected', { actor: actorOf(principal) })
  if (moved === null || (moved.status === 'paused') !== paused) throw new TenantryError('conflict')
  // Upkeep that fell due in between was let go; opening the pipe starts all of it again.
  if (!paused) await schedule(context, connection)
  return moved
}

async function schedule(context: Context, connection: Connection): Promise<void> {
  await context.store.tasks.schedule({
    tenantId: connection.tenantId,
    connectionId: connection.id,
    kind: 'provision',
    dueAt: context.clock.now(),
    reset: true,
  })
  context.jobs.wake()
}
