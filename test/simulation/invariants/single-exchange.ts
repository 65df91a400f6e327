import type { Exchange, WireWatcher } from '../world/exchange.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

/** At most one exchange is in flight for each version of a grant. `rowsOf` says how many connections live on the grant of an account, each with a row of its own. */
export function watchSingleExchange(rowsOf: (exchange: Exchange) => number): WireWatcher & { readonly ledger: Ledger } {
  const ledger = createLedger('at most one exchange in flight per token version')
  const running = new Map<string, number>()
  return {
    ledger,
    begun(exchange) {
      if (exchange.refreshToken === null) return
      const count = (running.get(exchange.refreshToken) ?? 0) + 1
      running.set(exchange.refreshToken, count)
      const { tenantId, address } = exchange.owner ?? {}
      ledger.hold(count <= rowsOf(exchange), exchange.at, () => `${count} at once for ${tenantId}/${address} by ${exchange.worker}`)
    },
    ended({ refreshToken }) {
      if (refreshToken === null) return
      const left = (running.get(refreshToken) ?? 1) - 1
      if (left === 0) running.delete(refreshToken)
      else running.set(refreshToken, left)
    },
  }
}
