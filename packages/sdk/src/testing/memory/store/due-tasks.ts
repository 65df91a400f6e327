import type { TaskRepository, TaskTally } from '../../../ports/index.ts'
import { inOrder } from './agenda.ts'
import { keyOf } from './tables.ts'
import { TaskTable } from './task-table.ts'
import type { KeyedTask } from './task-table.ts'

/** In a draft the tasks have no order yet. Few look for one there, so they pay for it. */
export function ordered(tasks: ReadonlyMap<string, KeyedTask[1]>): TaskTable {
  return tasks instanceof TaskTable ? tasks : new TaskTable(tasks)
}

/** What a claim takes: most overdue first, and no more of one tenant than its share. */
export function chooseDue(
  tasks: TaskTable,
  { now, limit, perTenant, held = new Map() }: Omit<Parameters<TaskRepository['claim']>[0], 'owner' | 'leaseMs'>,
): KeyedTask[] {
  const isFull = (tenantId: string): boolean => (held.get(tenantId) ?? 0) >= perTenant
  // As many tenants as there are places are enough: each has a task that is no younger than any of the tenants after them.
  const perTenantDue = take(tasks.due(now, isFull), limit).flatMap((due) => take(due, Math.min(perTenant, limit)))
  const taken = new Map(held)
  return [...tasks.lapsed(now), ...perTenantDue]
    .toSorted(byDueTime)
    .filter(([, { row }]) => {
      const share = (taken.get(row.tenantId) ?? 0) + 1
      taken.set(row.tenantId, share)
      return share <= perTenant
    })
    .slice(0, limit)
}

/** The oldest first; equal ages by tenant and kind. */
export function tallyDue(tasks: TaskTable, now: number): TaskTally[] {
  const tallies = new Map<string, TaskTally>()
  const count = ([, { row }]: KeyedTask): void => {
    const { tenantId, kind, dueAt } = row
    const key = keyOf(tenantId, kind)
    const { due = 0, oldestDueAt = dueAt } = tallies.get(key) ?? {}
    tallies.set(key, { tenantId, kind, due: due + 1, oldestDueAt: Math.min(oldestDueAt, dueAt) })
  }
  for (const due of tasks.due(now)) for (const task of due) count(task)
  for (const task of tasks.held()) if (task[1].row.dueAt <= now) count(task)
  return [...tallies].toSorted(([keyA, a], [keyB, b]) => a.oldestDueAt - b.oldestDueAt || (keyA < keyB ? -1 : 1)).map(([, tally]) => tally)
}

function byDueTime([keyA, a]: KeyedTask, [keyB, b]: KeyedTask): number {
  return inOrder({ time: a.row.dueAt, key: keyA }, { time: b.row.dueAt, key: keyB })
}

function take<Item>(items: Iterable<Item>, limit: number): Item[] {
  const taken: Item[] = []
  if (limit <= 0) return taken
  for (const item of items) {
    taken.push(item)
    if (taken.length >= limit) break
  }
  return taken
}
