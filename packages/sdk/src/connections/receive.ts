import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Notification, PushRequest } from '../providers/provider.ts'
import { changeConnection } from './change.ts'
import { providerPorts } from './provider-call.ts'

export interface ReceiveInput extends PushRequest {
  /** The push path, which tells the provider. */
  readonly path: string
}

const bodyCap = 256 * 1024

/**
 * Takes a push: proves it, then writes inbox row, sync request and task in one transaction. Returns only once that is durable. No provider
 * call, no decryption; the payload moves no cursor and picks no tenant.
 * @throws `push_unauthenticated`, `push_malformed`, `payload_too_large`, `not_found`, `unavailable`
 */
export async function receive(context: Context, input: ReceiveInput): Promise<void> {
  if (input.body.byteLength > bodyCap) throw new TenantryError('payload_too_large')
  const provider = [...context.providers.values()].find(({ pushPath }) => pushPath === input.path)
  if (provider === undefined) throw new TenantryError('not_found')
  const notification = await provider.authenticatePush(providerPorts(context, provider), input)
  context.telemetry.count('tenantry.push', 1, { provider: provider.name })
  const written = await context.store.transaction(async (transaction) => {
    let count = 0
    for (const connectionId of notification.connectionIds) count += await accept(context, transaction, notification, connectionId)
    return count
  })
  if (written > 0) context.jobs.wake()
}

async function accept(context: Context, transaction: Parameters<Parameters<Context['store']['transaction']>[0]>[0], notification: Notification, connectionId: string): Promise<number> {
  const { tenantId } = notification
  const now = context.clock.now()
  const connection = await transaction.connections.get(tenantId, connectionId)
  // Late pushes for an ended or paused connection are acknowledged and change nothing.
  if (connection === null || !isLive(connection.status)) return 0
  const isNew = await transaction.inbox.insert({ tenantId, connectionId, dedupeKey: notification.dedupeKey, receivedAt: now })
  if (!isNew) return 0
  await changeConnection(transaction, connection, now, () => ({ lastPushAt: now }))
  if (notification.handshake) return 0
  await transaction.syncStates.request(tenantId, connectionId)
  await transaction.tasks.schedule({ tenantId, connectionId, kind: 'sync', dueAt: now })
  return 1
}
