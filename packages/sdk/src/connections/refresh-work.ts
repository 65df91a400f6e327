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
  /** What the token is for; absent: the first audience. */
  readonly audience: string | undefined
  /** A person asks whether the grant still lives: an app that counts as broken is asked all the same. */
  readonly renew: boolean
}
