import type { TroubleBook } from '../faults/trouble-book.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Exchange, WireWatcher } from '../world/exchange.ts'
import { mailboxIn } from '../world/mailbox-in.ts'
import type { Site, Truth } from '../world/truth.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

const longestNeedMs = 12 * 3_600_000

/** Of a subscription that was taken away: half of its life, after which it is renewed anyway, and some hours to do so. */
const noticedAfterMs = 38 * 3_600_000

interface PipesAlive extends WireWatcher {
  readonly ledger: Ledger
  /** The vendor ended one before its time, just now. */
  took(site: Site): void
}

interface Pipe {
  readonly site: Site
  readonly expiresAt: number
}

/**
 * No watch, channel or subscription ends while its provider was healthy for the last half of its life, or twelve hours of it: that is long enough to
 * renew it; and one that the vendor took away is replaced. What is open is learned from the vendors' own answers.
 */
export function watchPipes(time: Pick<VirtualTime, 'now' | 'schedule'>, truth: Truth, book: Pick<TroubleBook, 'touches'>): PipesAlive {
  const ledger = createLedger('no watch, channel or subscription ended while its provider was healthy')
  const openUntil = new Map<Site, number>()
  const takenAt = new Map<Site, number>()

  /** Whether one is open at a time, and was to be, because nothing stood in the way from `from` on. */
  const hold = (site: Site, from: number, at: number, words: string): void => {
    const dead = site.kills.some((kill) => kill.from <= at && kill.to >= from)
    if (site.state !== 'live' || site.since > from || dead || book.touches(site, from, at)) return
    const isOpen = (openUntil.get(site) ?? 0) > at
    ledger.hold(isOpen, at, () => `${site.provider} of ${site.tenantId}/${site.address}, connection ${site.connectionId}, ${words}`)
  }
  const check = (site: Site, openedAt: number, expiresAt: number): void => {
    // It has its own time to be noticed.
    if (expiresAt - (takenAt.get(site) ?? -Infinity) < noticedAfterMs) return
    hold(site, expiresAt - Math.min(longestNeedMs, (expiresAt - openedAt) / 2), expiresAt, `opened ${openedAt}`)
  }

  return {
    ledger,
    ended(exchange, body) {
      const pipe = readPipe(truth, exchange, body)
      if (pipe === null) return
      const { site, expiresAt } = pipe
      openUntil.set(site, Math.max(openUntil.get(site) ?? 0, expiresAt))
      const openedAt = exchange.endedAt ?? time.now()
      time.schedule(expiresAt, async () => check(site, openedAt, expiresAt))
    },
    took(site) {
      const now = time.now()
      openUntil.set(site, now)
      takenAt.set(site, now)
      time.schedule(now + noticedAfterMs, async () => {
        if (takenAt.get(site) === now) hold(site, now, now + noticedAfterMs, `taken away ${now}`)
      })
    },
  }
}

/** What an answer says of a pipe that was opened or renewed. */
function readPipe(truth: Truth, { service, method, path, status, owner }: Exchange, body: string): Pipe | null {
  if (status === 200 && path.endsWith('/watch')) {
    const calendarId = /\/calendars\/([^/]+)\/events\/watch$/.exec(path)?.[1]
    const site = calendarId === undefined ? truth.mailboxOf(owner?.address ?? '') : truth.calendar(decodeURIComponent(calendarId))
    return site === undefined ? null : { site, expiresAt: Number((JSON.parse(body) as { expiration: string }).expiration) }
  }
  const isSubscription = service === 'graph' && path.startsWith('/graph.microsoft.com/v1.0/subscriptions')
  if (!isSubscription || !((method === 'POST' && status === 201) || (method === 'PATCH' && status === 200))) return null
  const { resource, expirationDateTime } = JSON.parse(body) as { resource: string; expirationDateTime: string }
  const site = truth.sharedMailbox(mailboxIn(resource) ?? '')
  return site === undefined ? null : { site, expiresAt: Date.parse(expirationDateTime) }
}
