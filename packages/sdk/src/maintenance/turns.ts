import type { ClaimedTask } from '../ports/index.ts'

/** What a tenant may use of the running places with each turn, milliseconds: about what one task of a healthy vendor takes. */
const quantumMs = 250

export interface Turns {
  add(tasks: readonly ClaimedTask[]): void
  /** Whose turn it is, of the tenants that may begin another one. */
  next(mayBegin: (tenantId: string) => boolean): ClaimedTask | null
  /** How long a task of the tenant held a place. */
  charge(tenantId: string, milliseconds: number): void
  /** Takes back what still waits. */
  drain(): readonly ClaimedTask[]
}

/**
 * Deficit round robin (Shreedhar and Varghese, 1995), charged when a task has ended because only then it is known what it cost: a tenant whose
 * tasks are slow sits out turns until the others had as much time. Somebody always has a turn, so no place stays empty.
 */
export function createTurns(): Turns {
  /** In the order of their turns. */
  const waiting = new Map<string, ClaimedTask[]>()
  /** Used ahead of the turns that came since. */
  const debts = new Map<string, number>()

  const toTheEnd = (tenantId: string, tasks: ClaimedTask[]): void => {
    waiting.delete(tenantId)
    if (tasks.length > 0) waiting.set(tenantId, tasks)
  }

  return {
    add(tasks) {
      for (const task of tasks) {
        const line = waiting.get(task.tenantId)
        if (line === undefined) waiting.set(task.tenantId, [task])
        else line.push(task)
      }
    },
    next(mayBegin) {
      // Who is sent to the end comes up again in this very loop, with less to pay off.
      for (const [tenantId, tasks] of waiting) {
        if (!mayBegin(tenantId)) continue
        // What is not used is kept for one turn, so that a task of one and a half quanta does not cost two.
        const debt = Math.max((debts.get(tenantId) ?? 0) - quantumMs, -quantumMs)
        debts.set(tenantId, debt)
        const task = debt > 0 ? undefined : tasks.shift()
        toTheEnd(tenantId, tasks)
        if (task !== undefined) return task
      }
      return null
    },
    charge(tenantId, milliseconds) {
      debts.set(tenantId, (debts.get(tenantId) ?? 0) + milliseconds)
    },
    drain() {
      const left = [...waiting.values()].flat()
      waiting.clear()
      return left
    },
  }
}
