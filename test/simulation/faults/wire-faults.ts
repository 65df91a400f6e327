import type { Chance } from '../chance.ts'
import type { Exchange } from '../world/exchange.ts'
import type { WireFault } from '../world/wire.ts'
import type { TroubleBook } from './trouble-book.ts'

/** What the plan does to requests: outages, quotas that are used up, and the network's own small failures. */
export function createWireFaults(book: TroubleBook, chance: Chance, now: () => number): (exchange: Exchange) => WireFault | null {
  const small = (kind: string, fault: WireFault): WireFault => {
    book.count(kind)
    return fault
  }
  return (exchange) => {
    const { service, owner } = exchange
    const isApi = service === 'gmail' || service === 'calendar' || service === 'pubsub'
    if (!isApi && book.find('token endpoint down', now())) return { answer: refusal(503, 'backendError') }
    if (isApi && book.find('API down', now())) return { answer: refusal(503, 'backendError') }
    if ((service === 'gmail' || service === 'calendar') && owner !== null) {
      const project = book.find('project throttled', now(), { tenantId: owner.tenantId, address: null })
      if (project !== null) return { answer: throttled(project.to - now(), 'rateLimitExceeded', project.from), limit: 'project' }
      const account = book.find('account throttled', now(), owner)
      if (account !== null) return { answer: throttled(account.to - now(), 'userRateLimitExceeded', account.from), limit: 'account' }
    }
    const draw = chance.next()
    if (draw < 0.001) return small('answer lost', { lost: true })
    if (draw < 0.002) return small('connection reset', { isReset: true })
    if (draw < 0.004) return small('single 5xx', { answer: refusal(draw < 0.003 ? 500 : 503, 'backendError') })
    if (draw < 0.005) return small('slow answer', { delayMs: chance.between(2_000, 9_000) })
    return null
  }
}

/** Every other throttle names its time. */
function throttled(leftMs: number, reason: string, from: number): Response {
  return refusal(429, reason, from % 2 === 0 ? { 'retry-after': String(Math.ceil(leftMs / 1000)) } : {})
}

function refusal(code: number, reason: string, headers: Record<string, string> = {}): Response {
  const error = { code, message: reason, errors: [{ domain: 'usageLimits', reason, message: reason }] }
  return Response.json({ error }, { status: code, headers })
}
