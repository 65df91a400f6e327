import { TenantryError } from '../../../errors/index.ts'
import { hashText } from '../../../oauth/pkce.ts'
import type { SubscriptionRecord } from '../../../ports/index.ts'
import type { Notification, ProviderPorts, PushRequest } from '../../provider.ts'
import { claimPipes } from './claim-pipes.ts'
import type { Claimed } from './claim-pipes.ts'
import { readNotifications } from './read-notifications.ts'
import type { GraphNotification } from './read-notifications.ts'

/** Notifications of one pipe that came together. */
interface Proven {
  readonly record: SubscriptionRecord
  readonly items: GraphNotification[]
}

/**
 * Proves each notification of a batch by itself: a row of ours, its client state, its subscription, and the directory of whoever signed in. The
 * tenant is the row's. Those of one connection become one, because all that they ask for is a look.
 * Source: learn.microsoft.com, "Receive change notifications through webhooks" and "Reduce missing subscriptions and change notifications".
 * @throws `push_unauthenticated` when none is proven, `unavailable`
 */
export async function authenticateGraphPush(
  provider: string,
  ports: ProviderPorts,
  request: PushRequest,
): Promise<readonly Notification[]> {
  const batch = readNotifications(request.body)
  if (batch === null) throw new TenantryError('push_unauthenticated')
  const claims = await claimPipes(provider, ports, batch.items)
  const proven = new Map<string, Proven>()
  let refused = batch.unread
  for (const item of batch.items) {
    const row = claims.get(item.clientState)
    if (row === undefined || !isAbout(row, item)) refused += 1
    else proven.set(row.record.id, { record: row.record, items: [...(proven.get(row.record.id)?.items ?? []), item] })
  }
  if (proven.size === 0) throw new TenantryError('push_unauthenticated')
  if (refused > 0) ports.logger.log('warn', 'push.items_refused', { provider, count: refused })
  return Promise.all([...proven.values()].map((pipe) => toNotification(ports, pipe)))
}

function isAbout({ record, directoryId }: Claimed, { subscriptionId, tenantId }: GraphNotification): boolean {
  if (record.resourceId !== null && record.resourceId !== subscriptionId) return false
  return directoryId === null || tenantId === undefined || tenantId === null || tenantId.toLowerCase() === directoryId
}

async function toNotification({ crypto, clock }: ProviderPorts, { record, items }: Proven): Promise<Notification> {
  const isReplaced = record.state === 'retiring' || record.state === 'retired'
  const news = items
    .filter(({ lifecycleEvent }) => lifecycleEvent === undefined)
    .map(({ changeType, resourceData }) => [changeType, resourceData])
  const calls = items.flatMap(({ lifecycleEvent }) => (lifecycleEvent === undefined ? [] : [lifecycleEvent]))
  // A lifecycle notification has no id, and what happens again in another minute is told again.
  const content = JSON.stringify([news, calls, calls.length > 0 ? Math.floor(clock.now() / 60_000) : null])
  const pipe = learn(record, items[0]?.subscriptionId ?? null, isReplaced)
  return {
    tenantId: record.tenantId,
    to: { connectionId: record.connectionId },
    dedupeKey: `${record.id}/${await hashText(crypto, content)}`,
    handshake: isReplaced,
    ...(pipe !== null && { pipe }),
    // What Graph took away or wants to see again is asked for at once; one that it removed is not there to be renewed, and is opened anew.
    repair: !isReplaced && calls.some((event) => event !== 'missed'),
  }
}

/** A post can overtake the answer that names its subscription; and one of a pipe that was stopped says that it still lives. */
function learn(record: SubscriptionRecord, subscriptionId: string | null, isReplaced: boolean): SubscriptionRecord | null {
  const resourceId = record.resourceId ?? subscriptionId
  if (isReplaced) return { ...record, resourceId, state: 'retiring' }
  return record.resourceId === null ? { ...record, resourceId } : null
}
