import type { ClaimedTask, Clock } from '../ports/index.ts'
import { createTurns } from './turns.ts'

/** Running at once, in all and of one tenant. */
const mostRunning = 64
const mostOfTenant = 5

export interface TaskPool {
  /** Claimed and not ended. */
  size(): number
  /** The same of each tenant that has some. */
  held(): ReadonlyMap<string, number>
  add(tasks: readonly ClaimedTask[]): void
  /** Resolves when so many more tasks have ended, when nothing runs any more, or after `limitMs`. */
  ended(number: number, limitMs: number): Promise<void>
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
  const held = new Map<string, number>()
  let active = 0
  let queued = 0
  let endings = 0
  const listeners = new Set<() => void>()

  const mayBegin = (tenantId: string): boolean => (running.get(tenantId) ?? 0) < mostOfTenant

  const begin = (): void => {
    while (active < mostRunning) {
      const task = turns.next(mayBegin)
      if (task === null) return
      queued -= 1
      active += 1
      count(running, task, 1)
      const begunAt = clock.now()
      void run(task).then(() => end(task, clock.now() - begunAt))
    }
  }

  const end = (task: ClaimedTask, tookMs: number): void => {
    active -= 1
    endings += 1
    count(running, task, -1)
    count(held, task, -1)
    // A clock that was set back says nothing.
    turns.charge(task.tenantId, Math.max(tookMs, 0))
    begin()
    for (const tell of listeners) tell()
  }

  return {
    size: () => active + queued,
    held: () => new Map(held),
    add(tasks) {
      queued += tasks.length
      for (const task of tasks) count(held, task, 1)
      turns.add(tasks)
      begin()
    },
    async ended(number, limitMs) {
      const until = endings + number
      const isOver = (): boolean => endings >= until || active === 0
      if (isOver()) return
      await new Promise<void>((resolve) => {
        const stop = (): void => {
          clearTimeout(timer)
          listeners.delete(look)
          resolve()
        }
        const look = (): void => {
          if (isOver()) stop()
        }
        const timer = setTimeout(stop, limitMs)
        listeners.add(look)
      })
    },
    drain() {
      queued = 0
      const left = turns.drain()
      for (const task of left) count(held, task, -1)
      return left
    },
  }
}

function count(tasks: Map<string, number>, { tenantId }: ClaimedTask, change: 1 | -1): void {
  const sum = (tasks.get(tenantId) ?? 0) + change
  if (sum === 0) tasks.delete(tenantId)
  else tasks.set(tenantId, sum)
}
