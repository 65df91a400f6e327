import { TenantryError } from '../../../errors/index.ts'
import { hashText } from '../../../oauth/pkce.ts'
import type { SubscriptionRecord } from '../../../ports/index.ts'
import type { Notification, ProviderPorts, PushRequest } from '../../provider.ts'
import { isClientStateOf, rowIdOf } from './client-state.ts'
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
  const rows = new Map<string, Promise<Claimed | null>>()
  const proven = new Map<string, Proven>()
  let refused = batch.unread
  for (const item of batch.items) {
    const claimed = rows.get(item.clientState) ?? claim(provider, ports, item.clientState)
    rows.set(item.clientState, claimed)
    const row = await claimed
    if (row === null || !isAbout(row, item)) refused += 1
    else proven.set(row.record.id, { record: row.record, items: [...(proven.get(row.record.id)?.items ?? []), item] })
  }
  if (proven.size === 0) throw new TenantryError('push_unauthenticated')
  if (refused > 0) ports.logger.log('warn', 'push.items_refused', { provider, count: refused })
  return Promise.all([...proven.values()].map((pipe) => toNotification(ports, pipe)))
}

interface Claimed {
  readonly record: SubscriptionRecord
  /** The directory of whoever signed in; `null` when it is not known. */
  readonly directoryId: string | null
}

/** The row that a client state was made for; `null` when it was made for none. */
async function claim(provider: string, { store, crypto }: ProviderPorts, clientState: string): Promise<Claimed | null> {
  const found = await store.subscriptions.findById(rowIdOf(clientState))
  const record = found?.provider === provider ? found : null
  if (!(await isClientStateOf(crypto, clientState, record)) || record === null) return null
  const connection = await store.connections.get(record.tenantId, record.connectionId)
  return { record, directoryId: directoryOf(connection?.account?.subject ?? '') }
}

function isAbout({ record, directoryId }: Claimed, { subscriptionId, tenantId }: GraphNotification): boolean {
  if (record.resourceId !== null && record.resourceId !== subscriptionId) return false
  return directoryId === null || tenantId === undefined || tenantId === null || tenantId.toLowerCase() === directoryId
}

/** Microsoft's subjects begin with the directory. */
const directoryOf = (subject: string): string | null => /^([\da-f-]{36})\//.exec(subject)?.[1] ?? null

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
