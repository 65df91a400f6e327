import { TenantryError } from '../../../errors/index.ts'
import type { Connection } from '../../../model/connection.ts'
import type { SubscriptionRecord, SubscriptionRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { byNewest, deleteOldest, keyOf, rowsOf } from './tables.ts'

export function createMemorySubscriptions(door: Door): SubscriptionRepository {
  return {
    async put(record) {
      const row = copyOf(record)
      await door.write(({ subscriptions }) => {
        const foreign = rowsOf(subscriptions.listBy('id', row.id)).some((other) => other.tenantId !== row.tenantId)
        if (foreign) throw new TenantryError('unavailable')
        subscriptions.set(keyOf(row.tenantId, row.id), row)
      })
    },
    findById: (id) => door.read(({ subscriptions }) => subscriptions.listBy('id', id)[0]?.[1] ?? null),
    findByIds: (ids) => door.read(({ subscriptions }) => [...new Set(ids)].flatMap((id) => rowsOf(subscriptions.listBy('id', id)))),
    list: (tenantId, connectionId) =>
      door.read(({ subscriptions }) => rowsOf(subscriptions.listBy('connection', keyOf(tenantId, connectionId))).toSorted(byNewest)),
    listMany: (connections) =>
      door.read(({ subscriptions }) => {
        const keys = new Set(connections.map(({ tenantId, connectionId }) => keyOf(tenantId, connectionId)))
        return [...keys].flatMap((key) => rowsOf(subscriptions.listBy('connection', key))).toSorted(byNewest)
      }),
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
        const isOver = (row: SubscriptionRecord) => hasEnded(row) && lastsUntil(row) < before
        return deleteOldest(subscriptions, limit, isOver, lastsUntil)
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
