import type { OutboxRecord, OutboxRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { keyOf } from './tables.ts'
import type { Tables } from './tables.ts'

export function createMemoryOutbox(door: Door): OutboxRepository {
  return {
    insert(records) {
      const rows = structuredClone(records)
      return door.write(({ outbox }) => {
        const before = outbox.size
        for (const row of rows) {
          const key = keyOf(row.tenantId, row.connectionId, row.id)
          if (!outbox.has(key)) outbox.set(key, row)
        }
        return outbox.size - before
      })
    },
    get: (tenantId, connectionId, id) => door.read(({ outbox }) => outbox.get(keyOf(tenantId, connectionId, id)) ?? null),
    listDue: (tenantId, connectionId, now, limit) =>
      door.read((tables) =>
        inState(tables, tenantId, connectionId, 'pending')
          .filter((row) => row.nextAttemptAt <= now)
          .slice(0, limit),
      ),
    nextDueAt: (tenantId, connectionId) =>
      door.read((tables) => {
        const times = inState(tables, tenantId, connectionId, 'pending').map((row) => row.nextAttemptAt)
        return times.length === 0 ? null : Math.min(...times)
      }),
    complete: (tenantId, connectionId, id) =>
      door.write(({ outbox }) => {
        const key = keyOf(tenantId, connectionId, id)
        const row = outbox.get(key)
        if (row?.state !== 'pending') return false
        outbox.set(key, { ...row, state: 'done', sealedPayload: '' })
        return true
      }),
    fail: (tenantId, connectionId, id, { attempts, nextAttemptAt, quarantine }) =>
      door.write(({ outbox }) => {
        const key = keyOf(tenantId, connectionId, id)
        const row = outbox.get(key)
        if (row?.state === 'pending') outbox.set(key, { ...row, attempts, nextAttemptAt, state: quarantine ? 'quarantined' : 'pending' })
      }),
    count: (tenantId, connectionId, state) => door.read((tables) => inState(tables, tenantId, connectionId, state).length),
  }
}

/** A map keeps the order of insertion, and writing a key again keeps its place: oldest first. */
function inState({ outbox }: Tables, tenantId: string, connectionId: string, state: OutboxRecord['state']): OutboxRecord[] {
  return [...outbox.values()].filter((row) => row.tenantId === tenantId && row.connectionId === connectionId && row.state === state)
}
