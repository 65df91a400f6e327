import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { loadGuarded } from './guard.ts'
import { summarize } from './summarize.ts'

/** Asks for a look at the provider now, and tries again now what is broken. @throws `not_found`, `forbidden`, `conflict` when it was ended meanwhile, the connection's reason when it cannot sync */
export async function requestSync(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<ConnectionSummary> {
  const connection = await loadGuarded(context, options.principal, 'connection.sync', options.connectionId)
  if (!isLive(connection.status)) throw new TenantryError(connection.reason ?? 'conflict')
  await context.store.transaction(async (transaction) => {
    const { generation } = (await transaction.connections.hold(connection.tenantId, connection.id)) ?? {}
    if (generation !== connection.generation) throw new TenantryError('conflict')
    await transaction.syncStates.request(connection.tenantId, connection.id)
    const task = { tenantId: connection.tenantId, connectionId: connection.id, dueAt: context.clock.now() }
    await transaction.tasks.schedule({ ...task, kind: 'sync' })
    // What its pipe broke only the pipe mends.
    if (connection.status !== 'connected') await transaction.tasks.schedule({ ...task, kind: 'provision' })
  })
  context.jobs.wake()
  return summarize(context, options.principal, connection)
}
