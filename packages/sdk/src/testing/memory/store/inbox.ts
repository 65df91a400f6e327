import type { InboxRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { receive } from './receive.ts'
import { keyOf } from './tables.ts'

export function createMemoryInbox(door: Door): InboxRepository {
  return {
    receive: (receipt) => door.write((tables) => receive(tables, receipt)),
    insert(record) {
      const row = structuredClone(record)
      return door.write(({ inbox }) => {
        const key = keyOf(row.tenantId, row.connectionId, row.dedupeKey)
        if (inbox.has(key)) return false
        inbox.set(key, row)
        return true
      })
    },
    count: (tenantId, connectionId) =>
      door.read(({ inbox }) => [...inbox.values()].filter((row) => row.tenantId === tenantId && row.connectionId === connectionId).length),
    removeBefore: (time, limit) =>
      door.write(({ inbox }) => {
        const old = [...inbox].filter(([, row]) => row.receivedAt < time).toSorted(([, a], [, b]) => a.receivedAt - b.receivedAt)
        const doomed = old.slice(0, limit)
        for (const [key] of doomed) inbox.delete(key)
        return doomed.length
      }),
  }
}
