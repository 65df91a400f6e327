import { actorOf, appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { sayGoodbyes } from './disconnect.ts'
import { endHere } from './goodbye/end-here.ts'
import { loadGuarded } from './guard.ts'

/**
 * Disconnects and forgets. What is left to do at the provider is done all the same, and the host is told all the same.
 * @throws `not_found`, `forbidden`, `conflict` when it was ended, or signed in to again, meanwhile, `unavailable`
 */
export async function remove(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<{ removed: true }> {
  const { principal } = options
  const connection = await loadGuarded(context, principal, 'connection.remove', options.connectionId)
  const { tenantId, id } = connection
  const actor = actorOf(principal)
  // One that has ended, too: a sign-in that is under way for it is refused from here on.
  await endHere(context, connection, { cause: 'disconnect', actor, revoke: true, reason: null, app: null })
  context.jobs.wake()
  await sayGoodbyes(context, connection)
  const sealer = await context.envelope.sealerFor(tenantId)
  await context.store.transaction(async (transaction) => {
    const held = await transaction.connections.hold(tenantId, id)
    if (held === null) return
    if (held.status !== 'disconnected') throw new TenantryError('conflict')
    await transaction.connections.remove(tenantId, id, { keepNotices: true })
    await transaction.tasks.schedule({ tenantId, connectionId: id, kind: 'deliver', dueAt: context.clock.now() })
    const line = { tenantId, actor, subject: `connection:${id}`, outcome: 'ok' }
    await appendAudit(context, transaction, sealer, { ...line, action: 'connection.removed' })
  })
  return { removed: true }
}
