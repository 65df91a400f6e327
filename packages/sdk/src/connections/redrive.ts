import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import { loadGuarded } from './guard.ts'

/** Tries again what was set aside, now and as if for the first time. @throws `not_found`, `forbidden`, `unavailable` */
export async function redrive(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<{ redriven: number }> {
  const { tenantId, id } = await loadGuarded(context, options.principal, 'connection.sync', options.connectionId)
  const now = context.clock.now()
  const redriven = await context.store.transaction(async (transaction) => {
    const count = await transaction.outbox.redrive(tenantId, id, now)
    // Some have still to be fetched, the others only to be handed over.
    for (const kind of count > 0 ? (['sync', 'deliver'] as const) : [])
      await transaction.tasks.schedule({ tenantId, connectionId: id, kind, dueAt: now, reset: true })
    return count
  })
  if (redriven > 0) context.jobs.wake()
  return { redriven }
}
