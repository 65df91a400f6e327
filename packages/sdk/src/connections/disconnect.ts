import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { Repositories, SubscriptionRecord } from '../ports/index.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { setStatusWithin } from './change.ts'
import { loadGuarded } from './guard.ts'
import { providerCall } from './provider-call.ts'
import { revokeUnlessShared } from './revoke.ts'
import { tokenContext } from './seal-grant.ts'
import { summarize } from './summarize.ts'

/**
 * Ends a connection: the provider is told to stop, the grant is taken back, the tokens are destroyed. Local state is final even when the
 * provider is down. @throws `not_found`, `forbidden`, `unavailable`
 */
export async function disconnect(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<ConnectionSummary> {
  const connection = await loadGuarded(context, options.principal, 'connection.disconnect', options.connectionId)
  await endConnection(context, connection)
  return get(context, options.principal, connection)
}

/** @returns whether the provider confirmed everything that it was asked */
export async function endConnection(context: Context, connection: Connection): Promise<boolean> {
  const stopped = await stopAll(context, connection, await openSubscriptions(context.store, connection))
  const revoked = await takeBack(context, connection)
  const sealer = await context.envelope.sealerFor(connection.tenantId)
  await context.store.transaction(async (transaction) => {
    await transaction.tokens.remove(connection.tenantId, connection.id)
    for (const subscription of await openSubscriptions(transaction, connection))
      await transaction.subscriptions.put({ ...subscription, state: 'retired' })
    await transaction.syncStates.remove(connection.tenantId, connection.id)
    await transaction.tasks.removeForConnection(connection.tenantId, connection.id)
    const ended = await setStatusWithin(context, transaction, sealer, connection, 'disconnected', {
      // A person can take the access back themselves, and has to know that it may still be there.
      reason: revoked ? null : 'provider_unavailable',
      patch: { generation: connection.generation + 1, nextAttemptAt: null, failures: 0 },
    })
    if (ended === null) throw new TenantryError('conflict')
  })
  context.jobs.wake()
  return stopped && revoked
}

async function openSubscriptions(repositories: Repositories, connection: Connection): Promise<readonly SubscriptionRecord[]> {
  const all = await repositories.subscriptions.list(connection.tenantId, connection.id)
  return all.filter(({ state }) => state !== 'retired')
}

async function stopAll(context: Context, connection: Connection, subscriptions: readonly SubscriptionRecord[]): Promise<boolean> {
  const provider = providerNamed(context, connection.provider)
  const results = await Promise.all(
    subscriptions.map(async (subscription) => {
      try {
        await provider.unsubscribe(providerCall(context, provider, connection), subscription)
        return true
      } catch (error) {
        // The pipe ends by itself at its expiry; what matters is that we stop listening.
        context.logger.log('warn', 'subscription.stop_failed', {
          connectionId: connection.id,
          code: provider.vendor.classify(error).error.code,
        })
        return false
      }
    }),
  )
  return results.every(Boolean)
}

async function takeBack(context: Context, connection: Connection): Promise<boolean> {
  const record = await context.store.tokens.get(connection.tenantId, connection.id)
  if (record === null) return true
  const token = await context.envelope.open(tokenContext(record, 'refresh'), record.sealedRefresh)
  const provider = providerNamed(context, connection.provider)
  const result = await revokeUnlessShared(context, {
    provider,
    tenantId: connection.tenantId,
    connectionId: connection.id,
    subject: connection.account?.subject ?? null,
    token,
  })
  return result !== 'failed'
}

async function get(context: Context, principal: Principal, connection: Connection): Promise<ConnectionSummary> {
  const current = await context.store.connections.get(connection.tenantId, connection.id)
  if (current === null) throw new TenantryError('not_found')
  return summarize(context, principal, current)
}
