import type { Context } from '../context.ts'

/** What the sweeps of one process have of each tenant together, so that one which hangs takes no place anew with each tick. */
export interface TenantShares {
  /** Claimed and not ended. */
  readonly held: Map<string, number>
  readonly running: Map<string, number>
  /** Each looks whether something of its own may begin, now that something has ended. */
  readonly waiting: Set<() => void>
}

export function createTenantShares(): TenantShares {
  return { held: new Map(), running: new Map(), waiting: new Set() }
}

const shares = new WeakMap<Context, TenantShares>()

export function sharesOf(context: Context): TenantShares {
  const known = shares.get(context) ?? createTenantShares()
  shares.set(context, known)
  return known
}
