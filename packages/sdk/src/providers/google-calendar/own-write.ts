import type { CalendarEvent, CalendarMoment } from '../../model/calendar-event.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { Crypto, GoogleCalendarEvent } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'

/** What a write leaves in its event, in extended properties that stay with this calendar's copy of it. */
export interface WriteMark {
  /** Names the write: its calendar, its event and the host's idempotency key. */
  readonly write: string
  /** What was asked for: the same write asks for the same. */
  readonly request: string
}

const lastWrite = 'tenantryWrite'
const earlierWrites = 'tenantryWrites'
const creation = 'tenantryCreate'

/** How far the host's clock may be off Google's. */
const toleranceMs = 2 * 60_000

/** A property holds 1,024 characters, and each of these takes 46. Source: developers.google.com/workspace/calendar/api/guides/extended-properties. */
const mostEarlier = 20

/** The properties that go with a write whose outcome is `event`. The mark of the creation stays when later writes follow, which tell the last ones before. */
export async function ownProperties(
  { crypto, clock, connection }: Pick<ProviderCall, 'crypto' | 'clock' | 'connection'>,
  {
    before,
    ...mark
  }: WriteMark & {
    /** The event that it changes; `null` when it makes one. */
    readonly before: GoogleCalendarEvent | null
  },
  event: CalendarEvent,
): Promise<{ readonly private: Readonly<Record<string, string>> }> {
  const value = [mark.write, mark.request, await contentDigest(crypto, connection.id, event), clock.now()].join('.')
  if (before === null) return { private: { [lastWrite]: value, [creation]: fromMark(mark) } }
  const earlier = readMarks(before).writes.slice(0, mostEarlier).map(fromMark)
  return { private: { [lastWrite]: value, ...(earlier.length > 0 && { [earlierWrites]: earlier.join(' ') }) } }
}

/** The marks that an event carries. */
export function readMarks(raw: GoogleCalendarEvent): {
  /** The last one first. */
  readonly writes: readonly WriteMark[]
  readonly created: WriteMark | null
} {
  const [last, created] = [lastWrite, creation].map((name) => toMark(property(raw, name)))
  const earlier = property(raw, earlierWrites)?.split(' ') ?? []
  return { writes: [last, ...earlier.map(toMark)].filter((mark) => mark !== null && mark !== undefined), created: created ?? null }
}

/**
 * Whether the event is what a write of this connection made it, by what it carries itself. After anybody else's change it says so no
 * longer: the content is another then, or, where it was changed and changed back, the time.
 */
export async function saysOwn(crypto: Crypto, connectionId: string, raw: GoogleCalendarEvent, event: CalendarEvent): Promise<boolean> {
  const [, , content, writtenAt] = property(raw, lastWrite)?.split('.') ?? []
  const late = Math.abs(Date.parse(event.updated ?? '') - Number(writtenAt))
  // Also false where one of the times is none.
  if (content === undefined || !(late <= toleranceMs)) return false
  return content === (await contentDigest(crypto, connectionId, event))
}

/** Digest of all that a host is told of an event and a person may change. The id is in it, because copies and instances inherit the mark. */
function contentDigest(crypto: Crypto, connectionId: string, event: CalendarEvent): Promise<string> {
  const { eventId, start, recurrence, attendees } = event
  const guests = attendees.map(({ address, response, optional }) => JSON.stringify([address.toLowerCase(), response, optional]))
  return hashText(
    crypto,
    JSON.stringify([
      connectionId,
      eventId,
      event.status,
      event.shownAs,
      [event.title, event.description, event.location].map(plain),
      [start, event.end].map(when),
      // A series keeps its wall-clock time, so its zone says when it takes place.
      recurrence.length > 0 ? [(start?.allDay === false && start.timeZone) || null, ...recurrence.toSorted()] : [],
      guests.toSorted(),
    ]),
  )
}

const when = (moment: CalendarMoment | null): string | null => (moment?.allDay === true ? moment.value : (moment?.instant ?? null))

/** Google may change line ends and cut off blanks. */
const plain = (text: string | null): string => (text ?? '').replaceAll('\r\n', '\n').trim()

const fromMark = ({ write, request }: WriteMark): string => `${write}.${request}`

function toMark(value: string | null): WriteMark | null {
  const [write, request] = value?.split('.') ?? []
  return write === undefined || request === undefined ? null : { write, request }
}

function property(raw: GoogleCalendarEvent, name: string): string | null {
  const value = record(record(raw['extendedProperties'])['private'])[name]
  return typeof value === 'string' ? value : null
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
