import type { Context } from '../context.ts'
import type { Repositories, SubscriptionRecord } from '../ports/index.ts'
import { changeConnection } from './change.ts'

/** Writes what `decide` makes of a pipe as it is now, `null` for one that has no row; its `null` leaves it as it is. */
export async function changePipe(
  context: Context,
  { tenantId, connectionId, id }: SubscriptionRecord,
  decide: (current: SubscriptionRecord | null) => SubscriptionRecord | null,
): Promise<void> {
  const decideOn = async ({ subscriptions }: Repositories): Promise<SubscriptionRecord | null> => {
    const current = await subscriptions.findById(id)
    return current === null || current.tenantId === tenantId ? decide(current) : null
  }
  if ((await decideOn(context.store)) === null) return
  await context.store.transaction(async (transaction) => {
    const connection = await transaction.connections.get(tenantId, connectionId)
    // Pipes are read and written whole; the connection's row keeps everybody else waiting who writes one of them.
    if (connection !== null) await changeConnection(transaction, connection, context.clock.now(), () => ({}))
    const changed = await decideOn(transaction)
    if (changed !== null) await transaction.subscriptions.put(changed)
  })
}
