import type { ClaimedTask } from '../ports/index.ts'

/** Running at once, in all and of one tenant. */
const mostRunning = 64
const mostOfTenant = 5

export interface TaskPool {
  /** Claimed and not ended. */
  size(): number
  add(tasks: readonly ClaimedTask[]): void
  /** Resolves when a task ends, at once when there is none. */
  ended(): Promise<void>
  /** Takes back what has not begun. */
  drain(): readonly ClaimedTask[]
}

/**
 * Runs claimed tasks a few at a time, each tenant in its turn: one that has thousands of them, or slow ones, holds up nobody else.
 * `run` must not throw.
 */
export function createTaskPool(run: (task: ClaimedTask) => Promise<void>): TaskPool {
  /** In the order of their turns; a tenant that was served goes to the end. */
  const waiting = new Map<string, ClaimedTask[]>()
  const running = new Map<string, number>()
  let active = 0
  let queued = 0
  let listeners: (() => void)[] = []

  const begin = (): void => {
    while (active < mostRunning) {
      const task = next()
      if (task === null) return
      active += 1
      running.set(task.tenantId, (running.get(task.tenantId) ?? 0) + 1)
      void run(task).then(() => end(task))
    }
  }

  const next = (): ClaimedTask | null => {
    for (const [tenantId, tasks] of waiting) {
      if ((running.get(tenantId) ?? 0) >= mostOfTenant) continue
      const task = tasks.shift()
      waiting.delete(tenantId)
      if (tasks.length > 0) waiting.set(tenantId, tasks)
      if (task === undefined) continue
      queued -= 1
      return task
    }
    return null
  }

  const end = ({ tenantId }: ClaimedTask): void => {
    active -= 1
    const left = (running.get(tenantId) ?? 1) - 1
    if (left === 0) running.delete(tenantId)
    else running.set(tenantId, left)
    begin()
    const told = listeners
    listeners = []
    for (const tell of told) tell()
  }

  return {
    size: () => active + queued,
    add(tasks) {
      queued += tasks.length
      for (const task of tasks) {
        const line = waiting.get(task.tenantId)
        if (line === undefined) waiting.set(task.tenantId, [task])
        else line.push(task)
      }
      begin()
    },
    ended: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => listeners.push(resolve))),
    drain() {
      const left = [...waiting.values()].flat()
      waiting.clear()
      queued = 0
      return left
    },
  }
}
