import type { TokenLease, TokenRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** One exchange of a refresh token, under its lease. */
export interface RefreshWork {
  /** What is stored now, and leased to us. */
  readonly record: TokenRecord
  readonly lease: TokenLease
  /** From then on the answer might come after the lease has run out. Epoch milliseconds. */
  readonly askBefore: number
  readonly provider: AnyProvider
  /** A person asks whether the grant still lives: an app that counts as broken is asked all the same. */
  readonly renew: boolean
}
