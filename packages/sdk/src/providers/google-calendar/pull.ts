import type { CalendarMoment } from '../../model/events.ts'
import type { GoogleCalendarEvent, GoogleGateway } from '../../ports/index.ts'
import type { Change, ProviderCall, PulledPage } from '../provider.ts'
import { parseCalendarSettings } from './settings.ts'

const pastMs = 24 * 60 * 60_000

/** The calendar from yesterday on; the token of its last page is the place to go on from. */
export function startCalendar(google: GoogleGateway, call: ProviderCall): AsyncIterable<PulledPage> {
  return readPages(google, call, { timeMin: new Date(call.clock.now() - pastMs).toISOString() })
}

/** Changes since a sync token, deletions included. */
export function pullCalendar(google: GoogleGateway, call: ProviderCall, cursor: string): AsyncIterable<PulledPage> {
  return readPages(google, call, { syncToken: cursor })
}

const pageLimit = 10_000

async function* readPages(
  google: GoogleGateway,
  call: ProviderCall,
  from: { syncToken: string } | { timeMin: string },
): AsyncIterable<PulledPage> {
  const { calendarId } = parseCalendarSettings(call.connection.settings)
  let pageToken: string | null = null
  for (let page = 0; page < pageLimit; page += 1) {
    const answer = await google.calendar.listEvents(
      { accessToken: await call.accessToken() },
      { calendarId, ...from, ...(pageToken !== null && { pageToken }) },
    )
    const changes = answer.events.flatMap((event) => toChange(calendarId, event))
    pageToken = answer.nextPageToken
    if (answer.nextSyncToken !== null) return yield { changes, next: { cursor: answer.nextSyncToken } }
    // Only the last page has a place to go on from; a run that stops before it begins again.
    yield { changes, next: { resume: '' } }
    if (pageToken === null) return
  }
}

/** An event without an id cannot be told apart from others and is left out. */
export function toChange(calendarId: string, event: GoogleCalendarEvent): Change[] {
  const eventId = text(event['id'])
  if (eventId === null) return []
  const status = text(event['status']) ?? 'confirmed'
  const updated = text(event['updated'])
  const etag = text(event['etag'])
  const occurredAt = updated === null ? Number.NaN : Date.parse(updated)
  return [
    {
      key: `event:${eventId}:${etag ?? updated ?? status}`,
      occurredAt: Number.isNaN(occurredAt) ? 0 : occurredAt,
      body: {
        type: 'calendar.changed',
        change: {
          kind: status === 'cancelled' ? 'cancelled' : 'upserted',
          calendarId,
          eventId,
          etag,
          status,
          title: text(event['summary']),
          start: moment(event['start']),
          end: moment(event['end']),
          recurringEventId: text(event['recurringEventId']),
          updated,
          organizer: text(record(event['organizer'])['email']),
          attendees: list(event['attendees']).flatMap((attendee) => text(record(attendee)['email']) ?? []),
        },
      },
    },
  ]
}

function moment(value: unknown): CalendarMoment | null {
  const { date, dateTime, timeZone } = record(value)
  const day = text(date)
  const instant = text(dateTime)
  if (day === null && instant === null) return null
  return { value: instant ?? day ?? '', allDay: instant === null, timeZone: text(timeZone) }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
