import type { ErrorCode } from '../errors/index.ts'
import type { Check, CheckId } from '../model/check.ts'

/** What a check found. Passing is the default. */
export interface CheckOutcome {
  readonly status?: Check['status']
  readonly code?: ErrorCode | null
  readonly values?: Readonly<Record<string, string>>
  readonly expected?: string | null
  readonly actual?: string | null
  readonly facts?: Check['facts']
  readonly fix?: Check['fix']
}

export interface CheckDefinition {
  readonly id: CheckId
  /** The check that has to pass first. */
  readonly needs?: CheckId
  /** What mends it, when it does not pass and its outcome names nothing else. */
  readonly fix?: Check['fix']
  /** Throwing is failing with that code. */
  run(): Promise<CheckOutcome>
}
