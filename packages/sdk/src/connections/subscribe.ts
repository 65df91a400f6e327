import type { Context } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider, OpenedSubscription } from '../providers/provider.ts'
import { changeConnection, setStatus } from './change.ts'
import { assertSameLife } from './lost-lease.ts'
import { providerCall } from './provider-call.ts'

/** How soon after its opening a pipe has to have announced something. */
export const proofMs = 2 * 60_000

/**
 * Opens or renews the push pipe of a connection and starts its upkeep. The new pipe is stored before an old one is stopped. When the
 * provider cannot push, the connection is polled, which is healthy and carries its reason. A pipe that was silent before has to prove itself
 * before the connection counts as pushed to again; `anew` opens another even when the present one looks good.
 * @returns when to renew, or `null` when there is nothing to renew
 */
export async function subscribe(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  options: { readonly anew?: boolean } = {},
): Promise<number | null> {
  const current = await context.store.subscriptions.list(connection.tenantId, connection.id)
  const live = current.filter(({ state }) => state !== 'retired')
  const silent = connection.deliveryReason === 'push_silent'
  const opened = await provider.subscribe(providerCall(context, provider, connection), options.anew || silent ? live.map(distrusted) : live)
  await keep(context, connection, opened)
  await retire(context, provider, connection, opened.retire)
  const trusted = opened.record === null || !silent
  if (trusted) await announce(context, connection, opened)
  await startUpkeep(context, provider, connection, opened.record, { pushed: opened.record !== null && trusted })
  return opened.record === null ? null : provider.renewAt(opened.record)
}

/** Without a pipe, changes are still found: the connection is polled until the pipe can be opened. */
export async function fallBackToPolling(context: Context, provider: AnyProvider, connection: Connection, reason: ErrorCode): Promise<void> {
  const changed = await changeConnection(context.store, connection, context.clock.now(), () => ({
    delivery: 'polling',
    deliveryReason: reason,
  }))
  if (changed !== null) await startUpkeep(context, provider, connection, null, { pushed: false })
}

/** A provider keeps only what is active, and replaces everything else. */
const distrusted = (record: SubscriptionRecord): SubscriptionRecord => ({ ...record, state: 'pending' })

function announce(context: Context, connection: Connection, opened: OpenedSubscription): Promise<Connection | null> {
  return setStatus(context, connection, 'connected', {
    patch: {
      delivery: opened.record === null ? 'polling' : 'push',
      deliveryReason: opened.pollingReason,
      failures: 0,
      nextAttemptAt: null,
    },
  })
}

async function keep(context: Context, connection: Connection, opened: OpenedSubscription): Promise<void> {
  await context.store.transaction(async (transaction) => {
    await assertSameLife(transaction, connection)
    if (opened.record !== null) await transaction.subscriptions.put(opened.record)
    const state = await transaction.syncStates.get(connection.tenantId, connection.id)
    // A renewal tells a newer place than the one we stand at; taking it would skip what lies between.
    if (opened.cursor !== undefined && (state?.cursor ?? null) === null)
      await transaction.syncStates.setCursor(connection.tenantId, connection.id, opened.cursor)
    const { settings } = opened
    if (settings !== undefined) await changeConnection(transaction, connection, context.clock.now(), () => ({ settings }))
  })
}

async function retire(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  subscriptions: readonly SubscriptionRecord[],
): Promise<void> {
  for (const subscription of subscriptions) {
    await context.store.subscriptions.put({ ...subscription, state: 'retired' })
    try {
      await provider.unsubscribe(providerCall(context, provider, connection), subscription)
    } catch (error) {
      // It is not listened to any more and ends by itself.
      context.logger.log('warn', 'subscription.stop_failed', {
        connectionId: connection.id,
        code: provider.vendor.classify(error).error.code,
      })
    }
  }
}

async function startUpkeep(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  record: SubscriptionRecord | null,
  { pushed }: { readonly pushed: boolean },
): Promise<void> {
  const now = context.clock.now()
  const task = { tenantId: connection.tenantId, connectionId: connection.id }
  await context.store.transaction(async (transaction) => {
    await assertSameLife(transaction, connection)
    await transaction.syncStates.request(connection.tenantId, connection.id)
    await transaction.tasks.schedule({ ...task, kind: 'sync', dueAt: now })
    await transaction.tasks.schedule({
      ...task,
      kind: 'reconcile',
      dueAt: now + provider.reconcileEveryMs[pushed ? 'push' : 'polling'],
      reset: true,
    })
    if (record === null) return
    await transaction.tasks.schedule({ ...task, kind: 'renew', dueAt: provider.renewAt(record), reset: true })
    // Opening a pipe makes the vendor announce something at once.
    if (record.createdAt + proofMs > now)
      await transaction.tasks.schedule({ ...task, kind: 'heartbeat', dueAt: record.createdAt + proofMs })
    if (provider.fetchNotifications !== undefined) await transaction.tasks.schedule({ ...task, kind: 'pull', dueAt: now })
  })
}
