import type { ErrorCode, ProviderRefusal } from '../../errors/index.ts'

/** What a refusal that looks like this means. */
export interface Rule {
  readonly when: (refusal: ProviderRefusal) => boolean
  readonly code: ErrorCode
}
