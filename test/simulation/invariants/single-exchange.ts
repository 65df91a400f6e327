import type { Exchange, WireWatcher } from '../world/exchange.ts'
import { areApart } from './clocks-apart.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

/**
 * At most one exchange is in flight for each version of a grant. `rowsOf` says how many connections live on the grant of an account, each with a row of
 * its own. Where the clocks of two at once are too far from each other no lease can help, and they are not looked at.
 */
export function watchSingleExchange(rowsOf: (exchange: Exchange) => number): WireWatcher & { readonly ledger: Ledger } {
  const ledger = createLedger('at most one exchange in flight per token version')
  const running = new Map<string, Exchange[]>()
  return {
    ledger,
    begun(exchange) {
      const { grant } = exchange
      if (grant === null || isProof(exchange)) return
      const others = running.get(grant) ?? []
      running.set(grant, [...others, exchange])
      if (others.some((other) => areApart(other, exchange))) return
      const { tenantId, address } = exchange.owner ?? {}
      const count = others.length + 1
      ledger.hold(count <= rowsOf(exchange), exchange.at, () => `${count} at once for ${tenantId}/${address} by ${exchange.life}`)
    },
    ended(exchange) {
      const { grant } = exchange
      if (grant === null || isProof(exchange)) return
      const left = (running.get(grant) ?? []).filter((other) => other !== exchange)
      if (left.length === 0) running.delete(grant)
      else running.set(grant, left)
    },
  }
}

/** An administrator has just approved the app: that it can be let in is proven before there is a row. */
const isProof = ({ refreshToken, worker }: Exchange): boolean => refreshToken === null && worker === 'front'
