import type { Context } from '../context.ts'

export interface ExpiringSoonOptions {
  /** What ends within this time, in milliseconds. Default 24 hours, which upkeep never lets it come to. */
  readonly withinMs?: number
  /** At most so many pipes, 1 to 1000. Default 100. */
  readonly limit?: number
}

/** A push pipe that is about to end. Times are ISO 8601. */
export interface ExpiringPipe {
  readonly tenantId: string
  readonly connectionId: string
  readonly provider: string
  readonly expiresAt: string
}

export interface ExpiringSoon {
  /** Nothing is wrong: upkeep runs, and everything that ends is renewed in time. */
  readonly ok: boolean
  /** The next to end first. */
  readonly pipes: readonly ExpiringPipe[]
  /** How long the most overdue task has waited, in milliseconds; 0 when none has. */
  readonly oldestLatenessMs: number
}

const hourMs = 60 * 60_000
const latenessMs = 10 * 60_000

/**
 * The question that a host's own alarm asks, by another way than the upkeep that it watches: does anything end that should have been renewed long
 * ago, and does anything wait that nobody does? Needs no tick. @throws `unavailable`
 */
export async function expiringSoon(context: Context, options: ExpiringSoonOptions = {}): Promise<ExpiringSoon> {
  const { withinMs = 24 * hourMs, limit = 100 } = options
  const now = context.clock.now()
  const [records, overdue] = await Promise.all([
    context.store.subscriptions.listEnding(now + withinMs, Math.min(Math.max(limit, 1), 1000)),
    context.store.tasks.tally(now, 1),
  ])
  const oldestLatenessMs = Math.max(0, ...overdue.map(({ oldestDueAt }) => now - oldestDueAt))
  const pipes = records.map(({ tenantId, connectionId, provider, expiresAt, createdAt }) => ({
    tenantId,
    connectionId,
    provider,
    expiresAt: new Date(expiresAt ?? createdAt).toISOString(),
  }))
  return { ok: pipes.length === 0 && oldestLatenessMs < latenessMs, pipes, oldestLatenessMs }
}
