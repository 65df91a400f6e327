import type { RotatedKeys, SweepResult } from '@tenantry/sdk'
import type { Death } from '../mortal.ts'

/** What a worker is asked to do, one line of JSON; many may run at once. */
export type Order = {
  readonly id: number
  readonly aheadMs: number
  readonly death: Death | null
} & (
  | { readonly work: 'sweep'; readonly maxItems: number }
  /** So many callers at once ask for an access token. */
  | { readonly work: 'token'; readonly connectionId: string; readonly callers: number }
  | { readonly work: 'rotate'; readonly budgetMs: number }
)

/** What many callers got, each of them once. */
export interface Tokens {
  /** Different tokens, or codes of errors, with how many callers got each. */
  readonly [tokenOrCode: string]: number
}

export type Swept = Pick<SweepResult, 'claimed' | 'ok' | 'failed' | 'released'>

/** What comes of an order. */
export type Done = Tokens | Swept | RotatedKeys

/** What a worker says, one line of JSON. */
export type Word =
  | { readonly said: 'ready' }
  /** About to stop itself. */
  | { readonly said: 'stopping' }
  | { readonly said: 'woken' }
  | { readonly said: 'done'; readonly id: number; readonly value: Done }
  | { readonly said: 'refused'; readonly id: number; readonly code: string }
