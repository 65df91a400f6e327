import { TenantryError } from '../../../errors/index.ts'
import type { BusySpan } from '../../../ports/index.ts'
import { openCalendar } from './open-calendar.ts'
import type { CalendarDesk, CalendarTarget } from './open-calendar.ts'
import { parseWindow } from './time-window.ts'
import type { TimeWindow } from './time-window.ts'

export interface FreeBusyOptions extends CalendarTarget, TimeWindow {}

/** Google refuses to look at more than 90 days at once. */
const stepMs = 60 * 24 * 60 * 60_000

/**
 * When a calendar is taken, in ISO 8601 UTC, by start and without overlaps; also of one whose events the account may not see.
 * @throws `invalid_input`, `calendar_not_chosen`, `calendar_not_found`
 */
export async function freeBusy(desk: CalendarDesk, options: FreeBusyOptions): Promise<{ readonly busy: readonly BusySpan[] }> {
  const { calendarId, ask } = await openCalendar(desk, options, 'read')
  const { from, to } = parseWindow(options)
  const spans: Span[] = []
  for (let at = from; at < to; at += stepMs) {
    const step = { calendarId, from: iso(at), to: iso(Math.min(at + stepMs, to)) }
    spans.push(...(await ask((gateway, user) => gateway.listBusy(user, step))).map(toSpan))
  }
  return { busy: merge(spans).map((span) => ({ start: iso(span.start), end: iso(span.end) })) }
}

interface Span {
  readonly start: number
  readonly end: number
}

function toSpan(busy: BusySpan): Span {
  const span = { start: Date.parse(busy.start), end: Date.parse(busy.end) }
  if (Number.isNaN(span.start) || Number.isNaN(span.end)) throw new TenantryError('provider_unavailable')
  return span
}

/** What crosses the end of a step comes in two pieces. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((left, right) => left.start - right.start)) {
    const last = merged.at(-1)
    if (last !== undefined && span.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else merged.push(span)
  }
  return merged
}

const iso = (at: number): string => new Date(at).toISOString()
