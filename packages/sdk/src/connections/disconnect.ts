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
import { stopPipe } from './stop-pipe.ts'
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
  const open = await openPipes(context.store, connection)
  const stopped = await stopAll(context, connection, open)
  const revoked = await takeBack(context, connection)
  const sealer = await context.envelope.sealerFor(connection.tenantId)
  await context.store.transaction(async (transaction) => {
    // Before the end is told, which is a task itself.
    await transaction.tasks.removeForConnection(connection.tenantId, connection.id)
    const ended = await setStatusWithin(context, transaction, sealer, connection, 'disconnected', {
      // A person can take the access back themselves, and has to know that it may still be there.
      reason: revoked ? null : 'provider_unavailable',
      patch: { generation: connection.generation + 1, nextAttemptAt: null, failures: 0 },
    })
    if (ended === null) throw new TenantryError('conflict')
    await transaction.tokens.remove(connection.tenantId, connection.id)
    // Known until it ends, because it may still post; one that was not stopped is, if the connection is used again before that.
    for (const pipe of await openPipes(transaction, connection))
      await transaction.subscriptions.put({ ...pipe, state: stopped.has(pipe.id) ? 'retired' : 'retiring' })
    await transaction.syncStates.remove(connection.tenantId, connection.id)
    await transaction.items.removeForConnection(connection.tenantId, connection.id)
  })
  context.jobs.wake()
  return revoked && open.every(({ id }) => stopped.has(id))
}

async function openPipes(repositories: Repositories, connection: Connection): Promise<readonly SubscriptionRecord[]> {
  const all = await repositories.subscriptions.list(connection.tenantId, connection.id)
  return all.filter(({ state }) => state !== 'retired')
}

/** @returns the ids of those that have stopped; others end by themselves at their expiry, and nobody listens to them any more */
async function stopAll(context: Context, connection: Connection, pipes: readonly SubscriptionRecord[]): Promise<ReadonlySet<string>> {
  const provider = providerNamed(context, connection.provider)
  const call = providerCall(context, provider, connection)
  const results = await Promise.all(
    pipes.map(async (pipe) => ((await stopPipe(context, provider, call, pipe, { again: pipe.state === 'retiring' })) ? [pipe.id] : [])),
  )
  return new Set(results.flat())
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
