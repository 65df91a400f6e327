import type { WireWatcher } from '../world/exchange.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

interface OwnTenantOnly extends WireWatcher {
  readonly ledger: Ledger
  /** An item was handed to the host as this tenant's. */
  told(at: number, claimed: string, actual: string | undefined): void
}

/** Nobody's credentials reach another's things, and nobody is told what is another's. */
export function watchOwnTenantOnly(): OwnTenantOnly {
  const ledger = createLedger('no cross-tenant read')
  return {
    ledger,
    begun({ at, owner, resourceTenant, parties, path }) {
      const all = new Set([owner?.tenantId, resourceTenant, ...parties].filter((party) => party !== null && party !== undefined))
      ledger.hold(all.size <= 1, at, () => `${path} touches ${[...all].join(' and ')}`)
    },
    told(at, claimed, actual) {
      ledger.hold(claimed === actual, at, () => `${claimed} was told what is ${actual}'s`)
    },
  }
}
