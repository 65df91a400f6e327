import { bareCalendarEvent } from '../../model/calendar-event.ts'
import type { CalendarEvent } from '../../model/calendar-event.ts'
import { startOfDay } from '../../model/time-zone.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { GoogleCalendarEvent } from '../../ports/index.ts'
import type { ItemState, ProviderCall } from '../provider.ts'
import { saysOwn } from './own-write.ts'
import { readEvent } from './read-event.ts'
import type { CalendarFacts } from './read-event.ts'

/** What the sync makes of an event as Google sends it; `null` for one without an id. */
export async function toItemState(
  call: ProviderCall,
  raw: GoogleCalendarEvent,
  facts: CalendarFacts & { readonly pastDays: number },
): Promise<ItemState | null> {
  const read = readEvent(raw, facts)
  if (read === null) return null
  const { event, unreadable } = read
  const now = call.clock.now()
  // What was written and over while nobody could look is news all the same.
  const since = startOfDay(Math.min(call.connection.lastSyncAt ?? now, now), facts.timeZone, -facts.pastDays)
  const place = [event.start?.instant, event.end?.instant, event.recurrence]
  return {
    item: {
      id: itemIdOf(event),
      version: versionOf(event),
      place: (await hashText(call.crypto, JSON.stringify(place))).slice(0, 16),
      gone: isGone(event),
      wanted: !isGone(event) && lastsUntil(event) >= since,
      ...(event.recurringEventId !== null && { partOf: itemIdOf({ calendarId: event.calendarId, eventId: event.recurringEventId }) }),
    },
    occurredAt: timeOf(event.updated) ?? call.clock.now(),
    body: {
      type: 'calendar.changed',
      change: event,
      own: await saysOwn(call.crypto, call.connection.id, raw, event),
      ...(unreadable !== null && { unreadable }),
    },
  }
}

/** What there is to tell of an event that a full listing did not show. */
export function describeGoneEvent(call: ProviderCall, itemId: string): ItemState {
  const [calendarId = '', eventId = ''] = JSON.parse(itemId) as string[]
  const change = bareCalendarEvent({ calendarId, eventId, status: 'cancelled' })
  return {
    item: { id: itemId, version: 'gone', place: '', gone: true, wanted: false },
    occurredAt: call.clock.now(),
    body: { type: 'calendar.changed', change, own: false },
  }
}

/** How the sdk remembers that the host itself made an event what it is now. */
export function ownKeyOf({ eventId, etag, status }: Pick<CalendarEvent, 'eventId' | 'etag' | 'status'>): string {
  return `event:${eventId}:${status === 'cancelled' ? 'deleted' : etag}`
}

const itemIdOf = ({ calendarId, eventId }: Pick<CalendarEvent, 'calendarId' | 'eventId'>): string => JSON.stringify([calendarId, eventId])

/** An account that may see more than before is shown the same version with its details. */
function versionOf({ status, etag, updated, title }: CalendarEvent): string {
  const isBare = status !== 'cancelled' && title === null
  return [status, etag ?? updated ?? '', ...(isBare ? ['bare'] : [])].join(' ')
}

/** A cancelled instance is still there: it takes a date out of its series. */
const isGone = ({ status, recurringEventId }: CalendarEvent): boolean => status === 'cancelled' && recurringEventId === null

/**
 * Until when it matters at the latest, epoch milliseconds. A series counts as going on, save where it says its last day, on which an instance begins; one
 * of its instances matters where it was and where it is.
 */
function lastsUntil({ recurrence, start, end, originalStart }: CalendarEvent): number {
  const rules = recurrence.filter((line) => line.startsWith('RRULE'))
  const untils = rules.map((line) => /;?UNTIL=(\d{4})(\d\d)(\d\d)/.exec(line))
  const dated = recurrence.some((line) => line.startsWith('RDATE'))
  if (rules.length > 0) {
    if (dated || untils.some((until) => until === null)) return Infinity
    // The day after, because the day is one of some time zone.
    const lasts = Math.max((timeOf(end?.instant ?? null) ?? 0) - (timeOf(start?.instant ?? null) ?? 0), 0)
    return Math.max(...untils.map((until) => Date.UTC(Number(until?.[1]), Number(until?.[2]) - 1, Number(until?.[3]) + 2))) + lasts
  }
  if (dated) return Infinity
  const times = [end?.instant ?? start?.instant, originalStart?.instant]
    .map((instant) => timeOf(instant ?? null))
    .filter((time) => time !== null)
  return times.length === 0 ? Infinity : Math.max(...times)
}

function timeOf(iso: string | null): number | null {
  const time = iso === null ? Number.NaN : Date.parse(iso)
  return Number.isNaN(time) ? null : time
}
