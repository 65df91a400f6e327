import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'

type Given = 'tenantId' | 'provider' | 'ownerUserId' | 'ownerName' | 'name' | 'settings' | 'appVersion'

/** A connection before its sign-in. */
export function newConnection(context: Context, given: Pick<Connection, Given>): Connection {
  const now = context.clock.now()
  return {
    ...given,
    id: context.random.uuid(),
    account: null,
    status: 'connecting',
    reason: null,
    reasonValues: {},
    statusSince: now,
    delivery: 'polling',
    deliveryReason: null,
    grantedScopes: [],
    createdAt: now,
    updatedAt: now,
    lastSyncAt: null,
    lastPushAt: null,
    lastItemAt: null,
    nextAttemptAt: null,
    failures: 0,
    version: 1,
    generation: 1,
  }
}
