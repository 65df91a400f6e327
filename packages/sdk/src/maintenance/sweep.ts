import type { Context } from '../context.ts'
import type { ClaimedTask } from '../ports/index.ts'
import { cleanHouse } from './clean-house.ts'
import { createTaskPool } from './task-pool.ts'
import { createTaskWorker } from './task-worker.ts'
import type { TaskOutcome } from './task-worker.ts'
import { sharesOf } from './tenant-shares.ts'

export interface SweepOptions {
  /** Stop claiming after this long, in milliseconds. Default 10 000. */
  readonly budgetMs?: number
  /** Claim at most this many tasks. Default 10 000. */
  readonly maxItems?: number
}

export interface SweepResult {
  readonly claimed: number
  readonly ok: number
  readonly failed: number
  /** Claims given back untried, and those that another worker had taken over by the time they ended. */
  readonly released: number
  /** How long the most overdue task had waited. */
  readonly oldestLatenessMs: number
  /** When the next task is due, epoch milliseconds; `null` when there is none. */
  readonly nextWakeAt: number | null
}

const leaseMs = 5 * 60_000
/** Claimed ahead of what runs; the rest is left to other workers. */
const mostClaimed = 256
const leastClaim = 64
/** Of one tenant in all sweeps of this process, however often it is claimed: its slow tasks take no more places than these. */
const perTenant = 25
/** While tasks run, it looks this often whether more is due, so that a slow one keeps nobody waiting. */
const lookAgainMs = 250

/** Claims and does due tasks. Safe to call twice, at once, from anywhere; missed calls only make things late. @throws `unavailable` */
export async function sweep(context: Context, options: SweepOptions = {}): Promise<SweepResult> {
  const { budgetMs = 10_000, maxItems = 10_000 } = options
  const startedAt = context.clock.now()
  const owner = context.random.uuid()
  const total = { claimed: 0, ok: 0, failed: 0, released: 0, oldestLatenessMs: 0 }
  const failures: unknown[] = []
  const worker = createTaskWorker(context)
  const count = async (outcome: Promise<TaskOutcome>): Promise<void> => {
    try {
      total[await outcome] += 1
    } catch (error) {
      // The store itself; the claims of this sweep run out and are taken again.
      failures.push(error)
    }
  }
  const shares = sharesOf(context)
  const pool = createTaskPool({ clock: context.clock, shares }, (task) => count(worker.run(task)))
  const hasTime = () => failures.length === 0 && context.clock.now() - startedAt <= budgetMs

  const giveBack = (tasks: readonly ClaimedTask[]) => Promise.all(tasks.map((task) => count(worker.giveBack(task))))

  const claimWhileThereIsTime = async (): Promise<void> => {
    while (hasTime() && total.claimed < maxItems) {
      const room = mostClaimed - pool.size()
      if (room < leastClaim) {
        await pool.ended(leastClaim - room, lookAgainMs)
        continue
      }
      const limit = Math.min(room, maxItems - total.claimed)
      const now = context.clock.now()
      const tasks = await context.store.tasks.claim({ now, owner, leaseMs, limit, perTenant, held: new Map(shares.held) })
      if (tasks.length === 0 && pool.size() === 0) return
      total.claimed += tasks.length
      for (const { dueAt } of tasks) total.oldestLatenessMs = Math.max(total.oldestLatenessMs, now - dueAt)
      await worker.prepare(tasks).catch(async (error: unknown) => {
        await giveBack(tasks)
        throw error
      })
      pool.add(tasks)
      // What ends may have made something else due, or room for more of its tenant: not a claim for each.
      if (tasks.length < limit) await pool.ended(Math.max(Math.floor(pool.size() / 2), 1), lookAgainMs)
    }
  }

  // Nobody may believe that it is over while something of it runs.
  await claimWhileThereIsTime().catch((error: unknown) => failures.push(error))
  while (pool.size() > 0 && hasTime()) await pool.ended(pool.size(), lookAgainMs)
  await giveBack(pool.drain())
  // What outlives its lease is another worker's by then.
  await pool.ended(pool.size(), leaseMs)
  total.released += pool.size()
  pool.abandon()
  if (failures.length > 0) throw failures[0]
  await cleanHouse(context)
  return { ...total, nextWakeAt: await context.store.tasks.nextDueAt() }
}
