import type { ClaimedTask, Clock } from '../ports/index.ts'
import type { TenantShares } from './tenant-shares.ts'
import { createTurns } from './turns.ts'

/** Running at once, in all and of one tenant. */
const mostRunning = 64
const mostOfTenant = 5

export interface TaskPool {
  /** Claimed and not ended. */
  size(): number
  add(tasks: readonly ClaimedTask[]): void
  /** Resolves when so many more tasks have ended, when nothing runs any more, or after `limitMs`. */
  ended(number: number, limitMs: number): Promise<void>
  /** Takes back what has not begun. */
  drain(): readonly ClaimedTask[]
  /** Counts what still runs no longer. */
  abandon(): void
}

/**
 * Runs claimed tasks a few at a time, each tenant in its turn: one that has thousands of them, or slow ones, holds up nobody else.
 * Pools with the same `shares` count the tenants' tasks together. `run` must not throw.
 */
export function createTaskPool(
  { clock, shares }: { readonly clock: Clock; readonly shares: TenantShares },
  run: (task: ClaimedTask) => Promise<void>,
): TaskPool {
  const { held, running, waiting } = shares
  const turns = createTurns()
  const begun = new Set<ClaimedTask>()
  let queued = 0
  let endings = 0
  const listeners = new Set<() => void>()

  const mayBegin = (tenantId: string): boolean => (running.get(tenantId) ?? 0) < mostOfTenant

  const begin = (): void => {
    while (begun.size < mostRunning) {
      const task = turns.next(mayBegin)
      if (task === null) return
      queued -= 1
      begun.add(task)
      count(running, task, 1)
      const begunAt = clock.now()
      void run(task).then(() => end(task, clock.now() - begunAt))
    }
  }

  const end = (task: ClaimedTask, tookMs: number): void => {
    if (!begun.has(task)) return
    forget(task)
    endings += 1
    // A clock that was set back says nothing.
    turns.charge(task.tenantId, Math.max(tookMs, 0))
    begin()
    for (const look of waiting) if (look !== begin) look()
    for (const tell of listeners) tell()
  }

  const forget = (task: ClaimedTask): void => {
    begun.delete(task)
    count(running, task, -1)
    count(held, task, -1)
  }

  return {
    size: () => begun.size + queued,
    add(tasks) {
      waiting.add(begin)
      queued += tasks.length
      for (const task of tasks) count(held, task, 1)
      turns.add(tasks)
      begin()
    },
    async ended(number, limitMs) {
      const until = endings + number
      const isOver = (): boolean => endings >= until || begun.size + queued === 0
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
      waiting.delete(begin)
      queued = 0
      const left = turns.drain()
      for (const task of left) count(held, task, -1)
      return left
    },
    abandon() {
      for (const task of begun) forget(task)
    },
  }
}

function count(tasks: Map<string, number>, { tenantId }: ClaimedTask, change: 1 | -1): void {
  const sum = (tasks.get(tenantId) ?? 0) + change
  if (sum === 0) tasks.delete(tenantId)
  else tasks.set(tenantId, sum)
}
