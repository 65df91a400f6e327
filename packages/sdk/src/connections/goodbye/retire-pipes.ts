import type { Connection } from '../../model/connection.ts'
import type { Repositories, SubscriptionRecord } from '../../ports/index.ts'

/** In the transaction that ends a connection. Its pipes are known until they end, because they may still post. @returns those that live, as they were */
export async function retirePipes({ subscriptions }: Repositories, { tenantId, id }: Connection): Promise<readonly SubscriptionRecord[]> {
  const all = await subscriptions.list(tenantId, id)
  const open = all.filter(({ state }) => state !== 'retired')
  for (const pipe of open) await subscriptions.put({ ...pipe, state: 'retiring' })
  return open
}
