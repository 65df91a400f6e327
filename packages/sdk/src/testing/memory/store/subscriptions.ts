import { TenantryError } from '../../../errors/index.ts'
import type { Connection } from '../../../model/connection.ts'
import type { SubscriptionRecord, SubscriptionRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { byNewest, keyOf } from './tables.ts'

export function createMemorySubscriptions(door: Door): SubscriptionRepository {
  return {
    async put(record) {
      const row = structuredClone(record)
      await door.write(({ subscriptions }) => {
        const foreign = [...subscriptions.values()].some((other) => other.id === row.id && other.tenantId !== row.tenantId)
        if (foreign) throw new TenantryError('unavailable')
        subscriptions.set(keyOf(row.tenantId, row.id), row)
      })
    },
    findById: (id) => door.read(({ subscriptions }) => [...subscriptions.values()].find((row) => row.id === id) ?? null),
    list: (tenantId, connectionId) =>
      door.read(({ subscriptions }) =>
        [...subscriptions.values()].filter((row) => row.tenantId === tenantId && row.connectionId === connectionId).toSorted(byNewest),
      ),
    remove: (tenantId, id) =>
      door.write(({ subscriptions }) => {
        subscriptions.delete(keyOf(tenantId, id))
      }),
    listEnding: (before, limit) =>
      door.read(({ subscriptions, connections }) =>
        [...subscriptions.values()]
          .filter((row) => row.state === 'active' && row.expiresAt !== null && row.expiresAt < before)
          .filter(({ tenantId, connectionId }) => isServed(connections.get(keyOf(tenantId, connectionId))))
          .toSorted((a, b) => lastsUntil(a) - lastsUntil(b) || (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      ),
    removeEnded: (before, limit) =>
      door.write(({ subscriptions }) => {
        const ended = [...subscriptions].filter(([, row]) => hasEnded(row) && lastsUntil(row) < before)
        const doomed = ended.toSorted(([, a], [, b]) => lastsUntil(a) - lastsUntil(b)).slice(0, limit)
        for (const [key] of doomed) subscriptions.delete(key)
        return doomed.length
      }),
  }
}

/** Replaced or stopped: nothing waits for it any more. */
export function hasEnded({ state }: SubscriptionRecord): boolean {
  return state === 'retiring' || state === 'retired'
}

function lastsUntil({ expiresAt, createdAt }: SubscriptionRecord): number {
  return expiresAt ?? createdAt
}

const isServed = (connection: Connection | undefined): boolean => connection?.status === 'connected' || connection?.status === 'degraded'
