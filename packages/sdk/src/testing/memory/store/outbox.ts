import { isStatusEvent } from '../../../model/events.ts'
import type { OutboxRecord, OutboxRepository } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { settle } from './settle.ts'
import { deleteOver, keyOf, rowsOf } from './tables.ts'
import type { Tables } from './tables.ts'

export function createMemoryOutbox(door: Door): OutboxRepository {
  return {
    insert(records) {
      const rows = copyOf(records)
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
        pending(tables, tenantId, connectionId, { toFetch: false })
          .filter((row) => row.nextAttemptAt <= now)
          .slice(0, limit),
      ),
    listStatuses: (tenantId, connectionId, limit) =>
      door.read((tables) =>
        inState(tables, tenantId, connectionId, 'pending')
          .filter(({ type }) => isStatusEvent(type))
          .slice(0, limit)
          .map(({ id, type, nextAttemptAt }) => ({ id, type, nextAttemptAt })),
      ),
    nextDueAt: (tenantId, connectionId) => door.read((tables) => earliest(pending(tables, tenantId, connectionId, { toFetch: false }))),
    takeToFetch: (tenantId, connectionId, { now, retryAt, limit }) =>
      door.write((tables) => {
        const due = pending(tables, tenantId, connectionId, { toFetch: true }).filter((row) => row.nextAttemptAt <= now)
        const taken = due.slice(0, limit).map((row) => ({ ...row, attempts: row.attempts + 1, nextAttemptAt: retryAt }))
        for (const row of taken) tables.outbox.set(keyOf(tenantId, connectionId, row.id), row)
        return taken
      }),
    nextFetchAt: (tenantId, connectionId) => door.read((tables) => earliest(pending(tables, tenantId, connectionId, { toFetch: true }))),
    settle(tenantId, connectionId, settlements) {
      const given = copyOf(settlements)
      return door.write((tables) => settle(tables, tenantId, connectionId, given))
    },
    complete: (tenantId, connectionId, id) =>
      door.write(({ outbox }) => {
        const key = keyOf(tenantId, connectionId, id)
        const row = outbox.get(key)
        // What was not read yet cannot have been handed over.
        if (row?.state !== 'pending' || row.toFetch) return false
        outbox.set(key, { ...row, state: 'done', sealedPayload: '', contentHash: null })
        return true
      }),
    fail: (tenantId, connectionId, id, { attempts, nextAttemptAt, quarantine }) =>
      door.write(({ outbox }) => {
        const key = keyOf(tenantId, connectionId, id)
        const row = outbox.get(key)
        if (row?.state === 'pending') outbox.set(key, { ...row, attempts, nextAttemptAt, state: quarantine ? 'quarantined' : 'pending' })
      }),
    count: (tenantId, connectionId, state) => door.read((tables) => inState(tables, tenantId, connectionId, state).length),
    countMany: (tenantId, connectionIds, state) =>
      door.read((tables) =>
        [...new Set(connectionIds)]
          .map((connectionId) => ({ connectionId, count: inState(tables, tenantId, connectionId, state).length }))
          .filter(({ count }) => count > 0),
      ),
    redrive: (tenantId, connectionId, now) =>
      door.write((tables) => {
        const rows = inState(tables, tenantId, connectionId, 'quarantined')
        for (const row of rows)
          tables.outbox.set(keyOf(tenantId, connectionId, row.id), { ...row, state: 'pending', attempts: 0, nextAttemptAt: now })
        return rows.length
      }),
    removeDone: (before, limit) => door.write(({ outbox }) => deleteOver(outbox, before, limit)),
  }
}

/** A map keeps the order of insertion, and writing a key again keeps its place: oldest first. */
function inState({ outbox }: Tables, tenantId: string, connectionId: string, state: OutboxRecord['state']): OutboxRecord[] {
  return rowsOf(outbox.listBy('connection', keyOf(tenantId, connectionId))).filter((row) => row.state === state)
}

function pending(tables: Tables, tenantId: string, connectionId: string, { toFetch }: { readonly toFetch: boolean }): OutboxRecord[] {
  return inState(tables, tenantId, connectionId, 'pending').filter((row) => row.toFetch === toFetch)
}

function earliest(rows: readonly OutboxRecord[]): number | null {
  return rows.length === 0 ? null : Math.min(...rows.map((row) => row.nextAttemptAt))
}
