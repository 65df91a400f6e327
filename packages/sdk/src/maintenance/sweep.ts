import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { ClaimedTask } from '../ports/index.ts'
import { cleanHouse } from './clean-house.ts'
import { runTask } from './run-task.ts'
import type { TaskResult } from './task-result.ts'

export interface SweepOptions {
  /** Stop claiming after this long, in milliseconds. Default 10 000. */
  readonly budgetMs?: number
  /** Claim at most this many tasks. Default 500. */
  readonly maxItems?: number
}

export interface SweepResult {
  readonly claimed: number
  readonly ok: number
  readonly failed: number
  /** Claims that another worker had taken over by the time they ended. */
  readonly released: number
  /** How long the most overdue task had waited. */
  readonly oldestLatenessMs: number
  /** When the next task is due, epoch milliseconds; `null` when there is none. */
  readonly nextWakeAt: number | null
}

const leaseMs = 5 * 60_000
const batch = 16
const crashWaitMs = 10 * 60_000

/** Claims and does due tasks. Safe to call twice, at once, from anywhere; missed calls only make things late. @throws `unavailable` */
export async function sweep(context: Context, options: SweepOptions = {}): Promise<SweepResult> {
  const { budgetMs = 10_000, maxItems = 500 } = options
  const startedAt = context.clock.now()
  const owner = context.random.uuid()
  const total = { claimed: 0, ok: 0, failed: 0, released: 0, oldestLatenessMs: 0 }
  while (total.claimed < maxItems && context.clock.now() - startedAt <= budgetMs) {
    const now = context.clock.now()
    const tasks = await context.store.tasks.claim({ now, owner, leaseMs, limit: Math.min(batch, maxItems - total.claimed) })
    if (tasks.length === 0) break
    total.claimed += tasks.length
    total.oldestLatenessMs = Math.max(total.oldestLatenessMs, ...tasks.map(({ dueAt }) => now - dueAt))
    const outcomes = await Promise.allSettled(tasks.map((task) => runOne(context, task)))
    for (const outcome of outcomes) {
      // What throws here is the store itself; the claims of this round run out and are taken again.
      if (outcome.status === 'rejected') throw outcome.reason
      total[outcome.value] += 1
    }
  }
  await cleanHouse(context)
  return { ...total, nextWakeAt: await context.store.tasks.nextDueAt() }
}

async function runOne(context: Context, task: ClaimedTask): Promise<'ok' | 'failed' | 'released'> {
  const { nextDueAt, failed } = await attempt(context, task)
  const held = await context.store.tasks.finish(task, { nextDueAt, failed })
  if (!held) return 'released'
  return failed ? 'failed' : 'ok'
}

/** One tenant's unreadable secrets, or a bug, must not keep the others waiting; a store that is down stops everything anyway. @throws `unavailable` */
async function attempt(context: Context, task: ClaimedTask): Promise<TaskResult> {
  try {
    return await runTask(context, task)
  } catch (error) {
    if (isTenantryError(error) && error.code === 'unavailable') throw error
    const name = isTenantryError(error) ? error.code : error instanceof Error ? error.name : 'unknown'
    context.logger.log('error', 'task.crashed', { kind: task.kind, connectionId: task.connectionId, name })
    return { nextDueAt: context.clock.now() + crashWaitMs, failed: true }
  }
}
