import type { ClaimedTask, TaskEnd, TaskRepository } from '../../../ports/index.ts'
import type { Door } from './door.ts'
import { TenantryError } from '../../../errors/index.ts'
import { chooseDue, ordered, tallyDue } from './due-tasks.ts'
import { deleteWhere, keyOf } from './tables.ts'
import type { TaskEntry } from './task-table.ts'

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
    claim: ({ owner, leaseMs, ...share }) =>
      door.write(({ tasks }) =>
        chooseDue(ordered(tasks), share).map(([key, entry]): ClaimedTask => {
          const lease = { owner, until: share.now + leaseMs, fence: door.nextFence() }
          tasks.set(key, { ...entry, lease })
          return { ...entry.row, fence: lease.fence }
        }),
      ),
    finish: (ends) =>
      door.write(({ tasks }) => {
        for (const { nextDueAt } of ends) if (nextDueAt !== null) assertWhole(nextDueAt)
        return ends.map((end) => finish(tasks, end))
      }),
    nextDueAt: () => door.read(({ tasks }) => ordered(tasks).nextDueAt()),
    tally: (now, limit) => door.read(({ tasks }) => tallyDue(ordered(tasks), now).slice(0, limit)),
    removeForConnection: (tenantId, connectionId) =>
      door.write(({ tasks }) => {
        deleteWhere(tasks, ({ row }) => row.tenantId === tenantId && row.connectionId === connectionId)
      }),
  }
}

function finish(tasks: Map<string, TaskEntry>, { task, nextDueAt, attempts }: TaskEnd): boolean {
  const key = keyOf(task.tenantId, task.connectionId, task.kind)
  const stored = tasks.get(key)
  if (stored?.lease?.fence !== task.fence) return false
  const times = [nextDueAt, stored.againAt].filter((time) => time !== null)
  const counted = { reset: 0, count: stored.row.attempts + 1, keep: stored.row.attempts }[attempts]
  if (times.length === 0) tasks.delete(key)
  else tasks.set(key, { row: { ...stored.row, dueAt: Math.min(...times), attempts: counted }, lease: null, againAt: null })
  return true
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
