import type { Answer } from '../world/answers.ts'
import type { ToldEvent } from '../world/host.ts'
import type { Item, Site } from '../world/truth.ts'
import type { Ledger } from './ledger.ts'

/** A mail is told once; of one that a person was away for, at most once. */
export function checkMail(ledger: Ledger, now: number, item: Item, times: number): void {
  const { id, site, at, must } = item
  const ok = times === 1 || (times === 0 && !must)
  ledger.hold(
    ok,
    now,
    () => `mail ${id} of ${at} to ${site.tenantId}/${site.address}, connection ${site.connectionId}: told ${times} times`,
  )
}

/** An answer lies in Sent Items once when the host was told that it was sent, and never twice. `isPossible`: it could be sent in the end. */
export function checkAnswer(ledger: Ledger, now: number, { key, site, told }: Answer, copies: number, isPossible: boolean): void {
  const ok = told.size === 0 ? copies <= 1 && !isPossible : told.size === 1 && copies === 1
  ledger.hold(
    ok,
    now,
    () => `${key} of ${site.tenantId}/${site.address}, connection ${site.connectionId}: told ${told.size}, sent ${copies} times`,
  )
}

/** What Google has of an event, and what the host heard of it last. */
export function checkEvent(
  ledger: Ledger,
  now: number,
  site: Site,
  event: { readonly id: string; readonly etag: string; readonly status: string; readonly end?: EventEnd | undefined },
  told: ToldEvent | undefined,
): void {
  const isGone = event.status === 'cancelled'
  // Of an event that was written and cancelled in between nobody has to hear, nor of one that ended while nobody listened.
  const quiet = (isGone && (told === undefined || site.everAway)) || (site.everAway && wasOverBefore(site.since, event.end))
  const ok = quiet || (isGone ? told?.status === 'cancelled' : told?.etag === event.etag && told.status !== 'cancelled')
  ledger.hold(
    ok,
    now,
    () =>
      `event ${event.id} (${event.status} ${event.etag}) of ${site.tenantId}/${site.calendarId}, connection ${site.connectionId}: told ${told === undefined ? 'never' : `${told.status} ${told.etag}`}`,
  )
}

interface EventEnd {
  readonly dateTime?: string | undefined
  readonly date?: string | undefined
}

/** What is told at a start reaches one day back, from the begin of that day; an event that was over by then stays unknown, also when it is changed. */
function wasOverBefore(since: number, end: EventEnd | undefined): boolean {
  return Date.parse(end?.dateTime ?? end?.date ?? '') < since - 86_400_000
}
