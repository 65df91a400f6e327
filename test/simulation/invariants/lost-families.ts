import type { Exchange, Owner, WireWatcher } from '../world/exchange.ts'
import { areApart } from './clocks-apart.ts'

interface LostFamilies extends WireWatcher {
  died(life: string, at: number): void
}

/**
 * A strict server gives a new refresh token at each use, and ends the whole sign-in when it sees an old one again (RFC 9700 section 4.14.2). Whose
 * answer with the new one was lost has only the old one, and loses the sign-in. Tells of exactly these: a token that is used again for any other
 * reason is the sdk's own fault, and nobody is told that its grant is dead.
 */
export function watchFamilies(ended: (owner: Owner) => void): LostFamilies {
  /** Refresh tokens that a server took, without anybody having stored what it gave for them. */
  const lost = new Set<string>()
  const running = new Map<string, Exchange>()
  /** Answered in one millisecond: to store takes no time, but a process may die before. */
  const fresh = new Map<string, { readonly at: number; readonly tokens: readonly string[] }>()
  const dead = new Set<string>()

  return {
    begun(exchange) {
      if (exchange.refreshToken === null) return
      const other = running.get(exchange.refreshToken)
      // Each took the other's lease for over.
      if (other !== undefined && areApart(other, exchange)) lost.add(exchange.refreshToken)
      running.set(exchange.refreshToken, exchange)
    },
    ended(exchange, body) {
      const { refreshToken, owner, endedAt, life } = exchange
      if (refreshToken === null) return
      if (running.get(refreshToken) === exchange) running.delete(refreshToken)
      const at = endedAt ?? exchange.at
      const known = fresh.get(life)
      if (exchange.isServed && (exchange.status === 0 || dead.has(life))) lost.add(refreshToken)
      else if (exchange.status === 200) fresh.set(life, { at, tokens: [...(known?.at === at ? known.tokens : []), refreshToken] })
      if (isGone(exchange, body) && lost.has(refreshToken) && owner !== null) ended(owner)
    },
    died(life, at) {
      dead.add(life)
      const last = fresh.get(life)
      if (last?.at === at) for (const token of last.tokens) lost.add(token)
    },
  }
}

const isGone = ({ status, isServed }: Exchange, body: string): boolean => isServed && status === 400 && body.includes('invalid_grant')
