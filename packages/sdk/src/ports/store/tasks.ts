export const taskKinds = ['provision', 'sync', 'deliver', 'renew', 'reconcile', 'heartbeat', 'pull', 'refresh', 'clean-up'] as const

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
  /** Due tasks that nobody holds, most overdue first, each to one claimer for `leaseMs`. Never waits for another claimer. */
  claim(input: {
    readonly now: number
    readonly owner: string
    readonly leaseMs: number
    readonly limit: number
  }): Promise<readonly ClaimedTask[]>
  /**
   * Ends a claim when the fence still holds: due again at `nextDueAt`, or gone with `null`. Attempts are reset, or counted with `failed`.
   * When the task was scheduled anew during the claim, the earlier of both times holds.
   * @returns whether the fence held
   */
  finish(task: ClaimedTask, result: { readonly nextDueAt: number | null; readonly failed?: boolean }): Promise<boolean>
  /** When the next unclaimed task is due, over all tenants; `null` when there is none. */
  nextDueAt(): Promise<number | null>
  removeForConnection(tenantId: string, connectionId: string): Promise<void>
}
