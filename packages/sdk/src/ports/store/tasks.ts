export const taskKinds = [
  'provision',
  'sync',
  'deliver',
  'renew',
  'reconcile',
  'heartbeat',
  'pull',
  'listen',
  'clean-up',
  'goodbye',
] as const

export type TaskKind = (typeof taskKinds)[number]

/** A due piece of upkeep; at most one per (tenant, connection, kind). Times are whole epoch milliseconds; a fraction is refused as `unavailable`. */
export interface TaskRecord {
  readonly tenantId: string
  readonly connectionId: string
  readonly kind: TaskKind
  readonly dueAt: number
  readonly attempts: number
}

export interface ClaimedTask extends TaskRecord {
  readonly fence: number
}

/** How a claim ends. */
export interface TaskEnd {
  readonly task: ClaimedTask
  /** When it is due again; `null` when it is done. */
  readonly nextDueAt: number | null
  /** `reset` after success, `count` after a failure, `keep` when it was not tried. */
  readonly attempts: 'reset' | 'count' | 'keep'
}

/** What is due of one kind at one tenant. */
export interface TaskTally {
  readonly tenantId: string
  readonly kind: TaskKind
  /** Due and not done yet, claimed or not. */
  readonly due: number
  readonly oldestDueAt: number
}

export interface TaskRepository {
  get(tenantId: string, connectionId: string, kind: TaskKind): Promise<TaskRecord | null>
  /** Makes sure that the task exists and is due no later than `dueAt`; with `reset` exactly at `dueAt` and with no attempts counted. A running task stays claimed and comes again afterwards. */
  schedule(task: {
    readonly tenantId: string
    readonly connectionId: string
    readonly kind: TaskKind
    readonly dueAt: number
    readonly reset?: boolean
  }): Promise<void>
  /**
   * Due tasks that nobody holds, most overdue first, each to one claimer for `leaseMs`, and at most `perTenant` of one tenant: with the tasks of one
   * tenant waiting by the hundred thousand, the others still get theirs. What the claimer holds already counts into the shares: nothing more of who has
   * a full one. Never waits for another claimer.
   */
  claim(input: {
    readonly now: number
    readonly owner: string
    readonly leaseMs: number
    readonly limit: number
    readonly perTenant: number
    /** How many tasks the claimer has of each tenant by now; nobody's unless given. */
    readonly held?: ReadonlyMap<string, number>
  }): Promise<readonly ClaimedTask[]>
  /**
   * Ends claims whose fence still holds. When a task was scheduled anew during its claim, the earlier of both times holds.
   * @returns for each, in the same order, whether its fence held
   */
  finish(ends: readonly TaskEnd[]): Promise<readonly boolean[]>
  /** When the next unclaimed task is due, over all tenants; `null` when there is none. */
  nextDueAt(): Promise<number | null>
  /** What is overdue, by tenant and kind, over all tenants, the oldest first. */
  tally(now: number, limit: number): Promise<readonly TaskTally[]>
  removeForConnection(tenantId: string, connectionId: string): Promise<void>
}
