import { providerCall } from '../connections/provider-call.ts'
import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { AnyProvider } from '../providers/provider.ts'

const everyMs = 10_000

/**
 * Takes in what waits at the vendor, for a deployment that nobody can post to: the same intake as for posts, and acknowledged once durable.
 * @returns when to look again, epoch milliseconds, or `null` when this connection is not served that way
 */
export async function fetchNotifications(context: Context, provider: AnyProvider, connection: Connection): Promise<number | null> {
  const fetched = (await provider.fetchNotifications?.(providerCall(context, provider, connection))) ?? null
  if (fetched === null) return null
  const receivedAt = context.clock.now()
  for (const { tenantId, to, dedupeKey, handshake } of fetched.notifications)
    await context.store.inbox.receive({ tenantId, provider: provider.name, to, dedupeKey, receivedAt, requestsSync: !handshake })
  if (fetched.notifications.length === 0) return receivedAt + everyMs
  await fetched.acknowledge()
  return receivedAt
}
