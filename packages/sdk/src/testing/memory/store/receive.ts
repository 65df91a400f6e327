import { isLive } from '../../../model/connection.ts'
import type { Connection } from '../../../model/connection.ts'
import type { Receipt } from '../../../ports/index.ts'
import { addressKeyOf, keyOf, rowsOf } from './tables.ts'
import type { Tables } from './tables.ts'
import { moved } from './tasks.ts'

const lastPushGrainMs = 5_000
/** A claim after a failure may end with a success that has not seen the push, or with another failure, whose wait shall not be given up. */
const failedWaitMs = 30_000

/** The inbox's `receive`, on tables that the caller may write. */
export function receive(tables: Tables, receipt: Receipt): number {
  const targets = candidates(tables, receipt).filter(({ provider, status }) => provider === receipt.provider && isLive(status))
  const fresh = targets.filter(({ tenantId, id }) => {
    const key = keyOf(tenantId, id, receipt.dedupeKey)
    if (tables.inbox.has(key)) return false
    tables.inbox.set(key, { tenantId, connectionId: id, dedupeKey: receipt.dedupeKey, receivedAt: receipt.receivedAt })
    return true
  })
  for (const connection of fresh) {
    markPushed(tables, connection, receipt.receivedAt)
    if (receipt.requestsSync) requestSync(tables, connection, receipt.receivedAt)
  }
  return receipt.requestsSync ? fresh.length : 0
}

function candidates({ connections }: Tables, { tenantId, provider, to }: Receipt): Connection[] {
  if ('connectionId' in to) return [connections.get(keyOf(tenantId, to.connectionId)) ?? []].flat()
  return rowsOf(connections.listBy('address', addressKeyOf(tenantId, provider, to.address)))
}

function markPushed(tables: Tables, connection: Connection, at: number): void {
  if (connection.lastPushAt !== null && connection.lastPushAt > at - lastPushGrainMs) return
  tables.connections.set(keyOf(connection.tenantId, connection.id), {
    ...connection,
    lastPushAt: at,
    updatedAt: at,
    version: connection.version + 1,
  })
}

function requestSync(tables: Tables, { tenantId, id }: Connection, at: number): void {
  const key = keyOf(tenantId, id)
  const state = tables.syncStates.get(key) ?? {
    row: { tenantId, connectionId: id, cursor: null, run: null, requested: 0, processed: 0 },
    lease: null,
  }
  if (state.lease !== null || state.row.requested === state.row.processed)
    tables.syncStates.set(key, { ...state, row: { ...state.row, requested: state.row.requested + 1 } })
  const taskKey = keyOf(tenantId, id, 'sync')
  const task = tables.tasks.get(taskKey)
  if (task === undefined)
    tables.tasks.set(taskKey, { row: { tenantId, connectionId: id, kind: 'sync', dueAt: at, attempts: 0 }, lease: null, againAt: null })
  else if (task.row.attempts === 0) tables.tasks.set(taskKey, moved(task, at, false))
  else if (task.lease !== null) tables.tasks.set(taskKey, moved(task, at + failedWaitMs, false))
}
