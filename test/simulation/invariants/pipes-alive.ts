import type { TroubleBook } from '../faults/trouble-book.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { WireWatcher } from '../world/exchange.ts'
import type { Site, Truth } from '../world/truth.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

const longestNeedMs = 12 * 3_600_000

/**
 * No watch or channel ends while its provider was healthy for the last half of its life, or twelve hours of it: that is long enough to renew it.
 * What is open is learned from Google's own answers.
 */
export function watchPipes(
  time: Pick<VirtualTime, 'now' | 'schedule'>,
  truth: Truth,
  book: Pick<TroubleBook, 'touches'>,
): WireWatcher & { readonly ledger: Ledger } {
  const ledger = createLedger('no watch or channel ended while its provider was healthy')
  const openUntil = new Map<Site, number>()

  const check = (site: Site, openedAt: number, expiresAt: number): void => {
    const needMs = Math.min(longestNeedMs, (expiresAt - openedAt) / 2)
    const from = expiresAt - needMs
    const dead = site.kills.some((kill) => kill.from <= expiresAt && kill.to >= from)
    if (site.state !== 'live' || site.since > from || dead || book.touches(site, from, expiresAt)) return
    const words = () => `${site.provider} of ${site.tenantId}/${site.address}, connection ${site.connectionId}, opened ${openedAt}`
    ledger.hold((openUntil.get(site) ?? 0) > expiresAt, expiresAt, words)
  }

  return {
    ledger,
    ended({ path, status, owner, endedAt }, body) {
      if (status !== 200 || !path.endsWith('/watch')) return
      const calendarId = /\/calendars\/([^/]+)\/events\/watch$/.exec(path)?.[1]
      const site = calendarId === undefined ? truth.mailboxOf(owner?.address ?? '') : truth.calendar(decodeURIComponent(calendarId))
      if (site === undefined) return
      const expiresAt = Number((JSON.parse(body) as { expiration: string }).expiration)
      openUntil.set(site, Math.max(openUntil.get(site) ?? 0, expiresAt))
      const openedAt = endedAt ?? time.now()
      time.schedule(expiresAt, async () => check(site, openedAt, expiresAt))
    },
  }
}
