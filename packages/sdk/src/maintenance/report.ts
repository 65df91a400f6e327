import type { Context } from '../context.ts'
import type { BreakerRecord, ConnectionTally, TaskKind } from '../ports/index.ts'

/** What waits of one kind at one tenant. */
export interface OverdueTasks {
  readonly tenantId: string
  readonly kind: TaskKind
  readonly due: number
  readonly latenessMs: number
}

/** Something shared that does not work. Times are ISO 8601. */
export interface BrokenShare {
  /** `null` for a whole vendor. */
  readonly tenantId: string | null
  /** `app/google/gmail`, `quota/google/calendar`, `vendor/google`; of an app of the host's `app/microsoft/mailbox@host`. */
  readonly key: string
  readonly reason: string
  readonly since: string
  readonly nextTryAt: string
}

export interface MaintenanceReport {
  readonly at: string
  readonly due: number
  readonly oldestLatenessMs: number
  /** The longest overdue first. */
  readonly tasks: readonly OverdueTasks[]
  /** How many connections stand where, and why. */
  readonly connections: readonly ConnectionTally[]
  /** The longest broken first. */
  readonly broken: readonly BrokenShare[]
}

/** How upkeep stands, over all tenants: for the host's own people, who need no rule. At most `limit` rows of each kind. @throws `unavailable` */
export async function report(context: Context, { limit = 1000 }: { readonly limit?: number } = {}): Promise<MaintenanceReport> {
  const now = context.clock.now()
  const [tasks, connections, breakers] = await Promise.all([
    context.store.tasks.tally(now, limit),
    context.store.connections.tally(limit),
    context.store.breakers.list(limit),
  ])
  return {
    at: iso(now),
    due: tasks.reduce((sum, { due }) => sum + due, 0),
    oldestLatenessMs: Math.max(0, ...tasks.map(({ oldestDueAt }) => now - oldestDueAt)),
    tasks: tasks.map(({ tenantId, kind, due, oldestDueAt }) => ({ tenantId, kind, due, latenessMs: now - oldestDueAt })),
    connections,
    broken: breakers.filter(isShared).map(({ tenantId, key, reason, since, blockedUntil }) => ({
      tenantId: key.startsWith('vendor/') ? null : tenantId,
      key,
      reason,
      since: iso(since),
      nextTryAt: iso(blockedUntil),
    })),
  }
}

const iso = (time: number): string => new Date(time).toISOString()

/** What one account waits for by itself is its daily life. */
const isShared = ({ key }: BreakerRecord): boolean => key.split('/').length <= 3
