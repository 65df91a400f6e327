/** What became of one due task. */
export interface TaskResult {
  /** When the task comes again; `null` when it is done. */
  readonly nextDueAt: number | null
  readonly failed: boolean
  /** It worked, and found that the connection cannot do all it is meant to. */
  readonly limited?: boolean
}
