import type { ConnectionStatus } from '@tenantry/sdk'
import type { TroubleBook } from '../faults/trouble-book.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Site } from '../world/truth.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

interface DeadGrants {
  readonly ledger: Ledger
  /** The host heard that a connection needs a new sign-in. */
  needsReauth(site: Site, occurredAt: number, reason: string | null): void
  /** The plan killed the grant of a connection just now. */
  killed(site: Site): void
}

interface DeadGrantsParts {
  readonly time: Pick<VirtualTime, 'now' | 'schedule'>
  readonly book: Pick<TroubleBook, 'touches'>
  readonly statusOf: (site: Site) => Promise<ConnectionStatus | null>
  /** How long after its death a grant may go unnoticed, milliseconds. */
  readonly boundMs: number
}

/** How far the clocks of the workers may be off. */
const graceMs = 10 * 60_000

/** A new sign-in is asked for only when the grant is dead, and then always, within a bounded time in which nothing else stood in the way. */
export function watchDeadGrants({ time, book, statusOf, boundMs }: DeadGrantsParts): DeadGrants {
  const ledger = createLedger('needs_reauth when the grant is dead, and only then')

  const check = async (site: Site): Promise<void> => {
    // Somebody else's sign-in may have served it meanwhile.
    if (site.state !== 'revoked' || (site.kills.at(-1)?.to ?? Infinity) !== Infinity) return
    const now = time.now()
    const status = await statusOf(site)
    if (status !== 'needs_reauth' && book.touches(site, now - boundMs, now)) return plan(site)
    ledger.hold(
      status === 'needs_reauth',
      now,
      () => `${site.provider} of ${site.tenantId}/${site.address}, connection ${site.connectionId}, is ${status}`,
    )
  }
  const plan = (site: Site): void => void time.schedule(time.now() + boundMs, () => check(site))

  return {
    ledger,
    needsReauth(site, occurredAt, reason) {
      const isDead = site.kills.some(({ from, to }) => from - graceMs <= occurredAt && to + graceMs >= occurredAt)
      ledger.hold(
        isDead,
        time.now(),
        () => `${site.provider} of ${site.tenantId}/${site.address}, connection ${site.connectionId}: ${reason} at ${occurredAt}`,
      )
    },
    killed: plan,
  }
}
