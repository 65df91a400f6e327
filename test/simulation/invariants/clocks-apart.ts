import type { Exchange } from '../world/exchange.ts'

/** A lease is as long, less what an answer may take. */
const leaseMs = 20_000

/** Whether one of two takes the other's lease for over, because their clocks are that far from each other. */
export function areApart(a: Exchange, b: Exchange): boolean {
  return Math.abs(a.skewMs - b.skewMs) > leaseMs
}
