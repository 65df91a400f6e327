import type { Chance } from '../chance.ts'
import type { Exchange } from '../world/exchange.ts'
import type { WireFault } from '../world/wire.ts'
import { refusalsFor } from './refusals.ts'
import type { Trouble, TroubleBook } from './trouble-book.ts'

/** What the plan does to requests: outages, quotas that are used up, and the network's own small failures. */
export function createWireFaults(book: TroubleBook, chance: Chance, now: () => number): (exchange: Exchange) => WireFault | null {
  const sending = chance.fork('sending')
  const small = (kind: string, fault: WireFault): WireFault => {
    book.count(kind)
    return fault
  }
  return (exchange) => {
    const { service, owner } = exchange
    const { broken, throttled } = refusalsFor(exchange)
    const isQuota = service === 'gmail' || service === 'calendar' || service === 'graph'
    const isApi = isQuota || service === 'pubsub'
    if (!isApi && book.find('token endpoint down', now())) return { answer: broken(503) }
    if (isApi && book.find('API down', now())) return { answer: broken(503) }
    if (isQuota && owner !== null) {
      const refuse = (limit: 'account' | 'project', { to, from }: Trouble): WireFault => ({
        // Every other one names its time.
        answer: throttled(limit, to - now(), from % 2 === 0),
        limit,
      })
      const project = book.find('project throttled', now(), { tenantId: owner.tenantId, address: null })
      if (project !== null) return refuse('project', project)
      const account = book.find('account throttled', now(), owner)
      if (account !== null) return refuse('account', account)
    }
    if (isSending(exchange)) {
      const luck = sending.next()
      if (luck < 0.05) return small('answer to a send lost', { lost: true })
      if (luck < 0.08) return small('send timed out at a server in between', { lost: true, answer: broken(503) })
    }
    const draw = chance.next()
    if (draw < 0.001) return small('answer lost', { lost: true })
    if (draw < 0.002) return small('connection reset', { isReset: true })
    if (draw < 0.004) return small('single 5xx', { answer: broken(draw < 0.003 ? 500 : 503) })
    if (draw < 0.005) return small('slow answer', { delayMs: chance.between(2_000, 9_000) })
    return null
  }
}

const isSending = ({ service, path }: Exchange): boolean => service === 'graph' && path.endsWith('/sendMail')
