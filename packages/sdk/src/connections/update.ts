import { actorOf } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { ConnectionSummary, UpdateInput } from '../wire/index.ts'
import { setStatus } from './change.ts'
import { needsOtherGrant, parseChoices, writeChoices } from './change-choices.ts'
import { loadGuarded } from './guard.ts'
import { parseName } from './parse-name.ts'
import { summarize } from './summarize.ts'

/**
 * Renames, changes the provider's settings, pauses or resumes. The mailbox or account stays; where the provider has several things to read, as an
 * account has calendars, another one begins anew.
 * @throws `switch_needs_sign_in` for settings that the sign-in was not asked for: `reconnect` takes those; `not_found`, `forbidden`, `name_invalid`,
 * `invalid_input`, `connection_exists`, `conflict`, `unavailable`
 */
export async function update(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string; readonly changes: UpdateInput },
): Promise<ConnectionSummary> {
  const { principal, changes } = options
  const connection = await loadGuarded(context, principal, 'connection.update', options.connectionId)
  const changesSettings = changes.name !== undefined || changes.settings !== undefined
  const written = changesSettings ? await write(context, principal, connection, changes) : connection
  if (changes.settings !== undefined) await schedule(context, written)
  const settled = changes.paused === undefined ? written : await setPaused(context, principal, written, changes.paused)
  return summarize(context, principal, settled)
}

/** On the connection as it is by then: what somebody else changes meanwhile stays. @throws `conflict` when it was ended meanwhile */
async function write(context: Context, principal: Principal, connection: Connection, changes: UpdateInput): Promise<Connection> {
  const { tenantId, id } = connection
  const provider = providerNamed(context, connection.provider)
  const name = changes.name === undefined ? undefined : parseName(changes.name)
  const sealer = await context.envelope.sealerFor(tenantId)
  const written = await context.store.transaction(async (transaction) => {
    const current = await transaction.connections.hold(tenantId, id)
    if (current?.generation !== connection.generation) return null
    const settings = await parseChoices(transaction, provider, current, changes.settings)
    if (current.account !== null && needsOtherGrant(provider, current.settings, settings)) throw new TenantryError('switch_needs_sign_in')
    const change = { name: name ?? current.name, settings }
    return writeChoices(context, transaction, sealer, { provider, connection: current, change, actor: actorOf(principal) })
  })
  if (written === null) throw new TenantryError('conflict')
  return written
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
