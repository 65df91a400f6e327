import type { TaskRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { TenantryError } from '../../../errors/index.ts'
import { deleteWhere, keyOf } from './tables.ts'
import type { TaskEntry } from './tables.ts'

export function createMemoryTasks(door: Door): TaskRepository {
  return {
    get: (tenantId, connectionId, kind) => door.read(({ tasks }) => tasks.get(keyOf(tenantId, connectionId, kind))?.row ?? null),
    schedule: ({ tenantId, connectionId, kind, dueAt, reset = false }) =>
      door.write(({ tasks }) => {
        assertWhole(dueAt)
        const key = keyOf(tenantId, connectionId, kind)
        const stored = tasks.get(key)
        tasks.set(key, stored === undefined ? newEntry() : moved(stored, dueAt, reset))

        function newEntry(): TaskEntry {
          return { row: { tenantId, connectionId, kind, dueAt, attempts: 0 }, lease: null, againAt: null }
        }
      }),
    claim: ({ now, owner, leaseMs, limit }) =>
      door.write(({ tasks }) =>
        [...tasks]
          .filter(([, { row, lease }]) => (lease === null ? row.dueAt <= now : lease.until <= now))
          .toSorted(([, a], [, b]) => a.row.dueAt - b.row.dueAt)
          .slice(0, limit)
          .map(([key, entry]) => {
            const lease = { owner, until: now + leaseMs, fence: door.nextFence() }
            tasks.set(key, { ...entry, lease })
            return { ...entry.row, fence: lease.fence }
          }),
      ),
    finish: ({ tenantId, connectionId, kind, fence }, { nextDueAt, failed = false }) =>
      door.write(({ tasks }) => {
        const key = keyOf(tenantId, connectionId, kind)
        const stored = tasks.get(key)
        if (stored?.lease?.fence !== fence) return false
        if (nextDueAt !== null) assertWhole(nextDueAt)
        const times = [nextDueAt, stored.againAt].filter((time) => time !== null)
        const attempts = failed ? stored.row.attempts + 1 : 0
        if (times.length === 0) tasks.delete(key)
        else tasks.set(key, { row: { ...stored.row, dueAt: Math.min(...times), attempts }, lease: null, againAt: null })
        return true
      }),
    nextDueAt: () =>
      door.read(({ tasks }) => {
        const times = [...tasks.values()].filter(({ lease }) => lease === null).map(({ row }) => row.dueAt)
        return times.length === 0 ? null : Math.min(...times)
      }),
    removeForConnection: (tenantId, connectionId) =>
      door.write(({ tasks }) => {
        deleteWhere(tasks, ({ row }) => row.tenantId === tenantId && row.connectionId === connectionId)
      }),
  }
}

/** A claimed task keeps its due time, so that it is due again when its claimer dies; the wish is remembered beside it. */
export function moved(entry: TaskEntry, dueAt: number, reset: boolean): TaskEntry {
  const attempts = reset ? 0 : entry.row.attempts
  const earlier = (time: number | null): number => (reset || time === null ? dueAt : Math.min(time, dueAt))
  if (entry.lease !== null) return { ...entry, row: { ...entry.row, attempts }, againAt: earlier(entry.againAt) }
  return { ...entry, row: { ...entry.row, attempts, dueAt: earlier(entry.row.dueAt) } }
}

/** Databases keep whole milliseconds; a store for tests must not hide a fraction. */
function assertWhole(time: number): void {
  if (!Number.isSafeInteger(time)) throw new TenantryError('unavailable')
}
