import { TenantryError } from '../../../errors/index.ts'
import type { SubscriptionRecord } from '../../../ports/index.ts'
import type { ProviderCall } from '../../provider.ts'
import type { MailboxDesk } from '../desk.ts'
import { askGraph } from './ask-graph.ts'
import { listOwn } from './list-own.ts'
import { renew } from './renew.ts'

/**
 * Takes over the subscription that stands in the way of a new one, which is from a try whose answer was lost. Graph tells nobody the client state, so the
 * row of that try is known by the end that was asked for. What no row can be told of is ended, because its notifications could never be believed.
 * @returns the row, active and renewed, or `null` when there is room for a new one now
 * @throws `watch_conflict` when it is somebody else's
 */
export async function adopt(
  desk: MailboxDesk,
  call: ProviderCall,
  current: readonly SubscriptionRecord[],
): Promise<SubscriptionRecord | null> {
  const own = await listOwn(desk, call)
  if (own.length === 0) throw new TenantryError('watch_conflict')
  const unnamed = current.filter(({ resourceId }) => resourceId === null)
  const pairs = own.flatMap(({ id, expiresAt }) =>
    unnamed.filter((row) => row.expiresAt === expiresAt).map((row) => ({ ...row, resourceId: id })),
  )
  const [known, ...others] = pairs
  const adopted = known === undefined || others.length > 0 ? null : await renew(desk, call, { ...known, state: 'active' })
  for (const { id } of own) if (id !== adopted?.resourceId) await askGraph(desk, call, (graph, as) => graph.deleteSubscription(as, id))
  return adopted
}
