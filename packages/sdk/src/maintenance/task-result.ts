/** What became of one due task. */
export interface TaskResult {
  /** When the task comes again; `null` when it is done. */
  readonly nextDueAt: number | null
  readonly failed: boolean
  /** It worked, and found that the connection cannot do all it is meant to. */
  readonly limited?: boolean
  /** Another worker is at it: whether it works is for that one to say. */
  readonly busy?: boolean
  /** It failed in a way that may concern others too. */
  readonly trouble?: Trouble
  /** It was not tried; its attempts stay as they are. */
  readonly postponed?: boolean
}

/** A vendor that does not answer, or a quota that is used up. */
export interface Trouble {
  readonly kind: 'silent' | 'throttled'
  /** How long to wait, milliseconds. */
  readonly waitMs: number
}
