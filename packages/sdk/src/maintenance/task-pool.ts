import type { ClaimedTask, Clock } from '../ports/index.ts'
import { createTurns } from './turns.ts'

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
export function createTaskPool(clock: Clock, run: (task: ClaimedTask) => Promise<void>): TaskPool {
  const turns = createTurns()
  const running = new Map<string, number>()
  let active = 0
  let queued = 0
  let listeners: (() => void)[] = []

  const mayBegin = (tenantId: string): boolean => (running.get(tenantId) ?? 0) < mostOfTenant

  const begin = (): void => {
    while (active < mostRunning) {
      const task = turns.next(mayBegin)
      if (task === null) return
      queued -= 1
      active += 1
      running.set(task.tenantId, (running.get(task.tenantId) ?? 0) + 1)
      const begunAt = clock.now()
      void run(task).then(() => end(task, clock.now() - begunAt))
    }
  }

  const end = ({ tenantId }: ClaimedTask, tookMs: number): void => {
    active -= 1
    const left = (running.get(tenantId) ?? 1) - 1
    if (left === 0) running.delete(tenantId)
    else running.set(tenantId, left)
    // A clock that was set back says nothing.
    turns.charge(tenantId, Math.max(tookMs, 0))
    begin()
    const told = listeners
    listeners = []
    for (const tell of told) tell()
  }

  return {
    size: () => active + queued,
    add(tasks) {
      queued += tasks.length
      turns.add(tasks)
      begin()
    },
    ended: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => listeners.push(resolve))),
    drain() {
      queued = 0
      return turns.drain()
    },
  }
}
