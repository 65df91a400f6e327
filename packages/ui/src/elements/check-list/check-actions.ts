import type { Check, CheckId, Fix } from '@tenantry/sdk/wire'

/** What is going on with one check since the report. */
export interface CheckWork {
  readonly checking?: boolean
  /** `unhelped`: it was done, and the check still does not pass. */
  readonly fix?: 'running' | 'done' | 'unhelped'
  /** Why the check could not be run again, or the fix not be done. */
  readonly error?: unknown
}

/** What a person can do about checks; what is left out is not offered. */
export interface CheckActions {
  /** Runs some checks again. */
  readonly rerun?: ((ids: readonly CheckId[]) => void) | undefined
  /** Whether a fix is on offer here. A link to Google needs nobody's consent. */
  readonly canFix?: ((fix: Fix) => boolean) | undefined
  readonly fix?: ((check: Check, fix: Fix) => void) | undefined
}
