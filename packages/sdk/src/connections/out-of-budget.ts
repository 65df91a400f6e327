import { TenantryError } from '../errors/index.ts'

/** We hold back before the vendor has to say so: nothing failed, and the work goes on after the time that it carries. */
export class OutOfBudget extends TenantryError<'throttled'> {
  readonly waitMs: number

  constructor(waitMs: number) {
    super('throttled', { retryAfterMs: waitMs })
    this.waitMs = waitMs
  }
}
