import type { ProviderRefusal, TenantryError } from '../errors/index.ts'

/** What the proof that a grant works told by the way. */
export interface Probed {
  /** Where the feed stands now: what comes from here on is ours, also before the first subscription. */
  readonly cursor?: string
  /** What was refused although reading works: what comes in is kept all the same. */
  readonly failure?: TenantryError | ProviderRefusal
}
