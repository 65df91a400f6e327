import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { Action } from '../ports/index.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { factsOf, isAllowed } from './guard.ts'

/** What the outside sees of a connection, for this person. */
export async function summarize(context: Context, principal: Principal, connection: Connection): Promise<ConnectionSummary> {
  const [token, subscriptions, permissions] = await Promise.all([
    context.store.tokens.get(connection.tenantId, connection.id),
    context.store.subscriptions.list(connection.tenantId, connection.id),
    permissionsOf(context, principal, connection),
  ])
  const live = subscriptions.find(({ state }) => state === 'active')
  return {
    id: connection.id,
    provider: connection.provider,
    name: connection.name,
    settings: { ...connection.settings },
    address: connection.account?.address ?? null,
    owner: { userId: connection.ownerUserId, name: connection.ownerName },
    health: {
      status: connection.status,
      reason: connection.reason,
      values: { ...connection.reasonValues },
      since: iso(connection.statusSince),
      nextAttemptAt: isoOrNull(connection.nextAttemptAt),
      failures: connection.failures,
      delivery: connection.delivery,
      deliveryReason: connection.deliveryReason,
      lastSyncAt: isoOrNull(connection.lastSyncAt),
      lastPushAt: isoOrNull(connection.lastPushAt),
      lastItemAt: isoOrNull(connection.lastItemAt),
      renewBy: isoOrNull(live?.expiresAt ?? null),
      signInEndsAt: isoOrNull(token?.refreshExpiresAt ?? null),
    },
    createdAt: iso(connection.createdAt),
    updatedAt: iso(connection.updatedAt),
    version: connection.version,
    permissions,
  }
}

async function permissionsOf(context: Context, principal: Principal, connection: Connection): Promise<ConnectionSummary['permissions']> {
  const may = (action: Action) => isAllowed(context, principal, action, factsOf(connection))
  const [update, reconnect, disconnect, remove, sync] = await Promise.all([
    may('connection.update'),
    may('connection.reconnect'),
    may('connection.disconnect'),
    may('connection.remove'),
    may('connection.sync'),
  ])
  return { update, reconnect, disconnect, remove, sync }
}

const iso = (time: number): string => new Date(time).toISOString()

const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))
