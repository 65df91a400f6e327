import { actorOf, appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import { loadGuarded } from './guard.ts'

/** Tries again what was set aside, now and as if for the first time. @throws `not_found`, `forbidden`, `unavailable` */
export async function redrive(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<{ redriven: number }> {
  const { tenantId, id } = await loadGuarded(context, options.principal, 'connection.sync', options.connectionId)
  const sealer = await context.envelope.sealerFor(tenantId)
  const now = context.clock.now()
  const redriven = await context.store.transaction(async (transaction) => {
    const count = await transaction.outbox.redrive(tenantId, id, now)
    if (count === 0) return 0
    // Some have still to be fetched, the others only to be handed over.
    for (const kind of ['sync', 'deliver'] as const)
      await transaction.tasks.schedule({ tenantId, connectionId: id, kind, dueAt: now, reset: true })
    const line = { tenantId, actor: actorOf(options.principal), subject: `connection:${id}`, outcome: 'ok' }
    await appendAudit(context, transaction, sealer, { ...line, action: 'redrive' })
    return count
  })
  if (redriven > 0) context.jobs.wake()
  return { redriven }
}
