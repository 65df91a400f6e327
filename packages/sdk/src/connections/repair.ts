import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { distrustPipe } from './distrust-pipe.ts'
import { loadGuarded } from './guard.ts'
import { assertSameLife, LostLease } from './lost-lease.ts'
import { summarize } from './summarize.ts'

/**
 * Has the push pipe opened anew, soon and whatever the present one looks like. The present one is no longer trusted, but listened to until the new one
 * is open, which then stops it. @throws `not_found`, `forbidden`, `conflict`, the connection's reason when it is not live, `unavailable`
 */
export async function repair(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<ConnectionSummary> {
  const connection = await loadGuarded(context, options.principal, 'connection.sync', options.connectionId)
  if (!isLive(connection.status)) throw new TenantryError(connection.reason ?? 'conflict')
  await openAnew(context, connection)
  context.jobs.wake()
  return summarize(context, options.principal, connection)
}

async function openAnew(context: Context, connection: Connection): Promise<void> {
  const { tenantId, id } = connection
  try {
    await context.store.transaction(async (transaction) => {
      await assertSameLife(transaction, connection)
      await distrustPipe(transaction, connection)
      await transaction.tasks.schedule({ tenantId, connectionId: id, kind: 'provision', dueAt: context.clock.now(), reset: true })
    })
  } catch (error) {
    throw error instanceof LostLease ? new TenantryError('conflict') : error
  }
}
