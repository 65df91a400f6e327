import { TenantryError } from '../../../errors/index.ts'
import type { CalendarEvent } from '../../../model/calendar-event.ts'
import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import { ownProperties, readMarks } from '../own-write.ts'
import type { WriteMark } from '../own-write.ts'
import { askAboutEvent } from './ask-about-event.ts'
import { describeEvent } from './describe-event.ts'
import { parseEventChanges } from './event-input.ts'
import type { EventChanges } from './event-input.ts'
import { fetchEvent } from './fetch-event.ts'
import { finishWrite } from './finish-write.ts'
import { foreseeEvent } from './foresee-event.ts'
import { openCalendar } from './open-calendar.ts'
import type { CalendarDesk, CalendarTarget } from './open-calendar.ts'
import { afterPatch, toPatch, toResource } from './to-resource.ts'
import { unlessRefused } from './unless-refused.ts'
import { markFor } from './write-id.ts'
import { parseEtag, parseEventId, parseIdempotencyKey, parseNotify } from './write-options.ts'
import type { WriteOptions } from './write-options.ts'

export interface UpdateEventOptions extends CalendarTarget, WriteOptions {
  /** Of a single event, a series, or one instance of a series. */
  readonly eventId: string
  /** Of the version that the change is made to; `*` changes whatever is there. */
  readonly etag: string
  readonly changes: EventChanges
  /** 1 to 255 printable ASCII characters, new for each change. */
  readonly idempotencyKey: string
}

/** With so many writers at once, one of them may be told that it lost. */
const mostLooks = 12

/**
 * Changes what is named of an event, unless someone else changed it meanwhile. Repeated with the same key, also after an answer that was
 * lost and after later changes, of which the last 20 are known, it returns the event as it is by then.
 * @throws `invalid_input`, `event_changed` with the present `etag` in its values, `event_gone`, `idempotency_key_reused`,
 * `direction_from_google`, `calendar_not_chosen`, `calendar_not_found`, `calendar_read_only`
 */
export async function updateEvent(desk: CalendarDesk, options: UpdateEventOptions): Promise<CalendarEvent> {
  const calendar = await openCalendar(desk, options, 'write')
  const { calendarId } = calendar
  const eventId = parseEventId(options.eventId)
  const etag = parseEtag(options.etag)
  const key = parseIdempotencyKey(options.idempotencyKey)
  const sendUpdates = parseNotify(options.notify)
  const changes = parseEventChanges(options.changes)
  const fields = toResource(changes)
  const mark = await markFor(calendar, eventId, key, fields)
  for (let look = 1; ; look += 1) {
    const before = await fetchEvent(calendar, eventId)
    if (isDone(before, mark)) return describeEvent(calendar, before)
    if ((etag !== null && before['etag'] !== etag) || look > mostLooks) throw eventChanged(before)
    const patch = toPatch(fields, before)
    const foreseen = foreseeEvent(calendar, afterPatch(before, patch), changes)
    const extendedProperties = await ownProperties(calendar.call, { ...mark, before }, foreseen)
    // Also for `*`: the guests' answers, and what was written at the same time, are as they were read.
    const input = { calendarId, eventId, event: { ...patch, extendedProperties }, etag: text(before['etag']), sendUpdates }
    const updated = await askAboutEvent(calendar, (gateway, user) => unlessRefused(412, gateway.patchEvent(user, input)))
    if (updated !== null) return finishWrite(desk, calendar, updated)
  }
}

/** Whether this very write is in the event. @throws `idempotency_key_reused` */
function isDone(raw: GoogleCalendarEvent, { write, request }: WriteMark): boolean {
  const written = readMarks(raw).writes.find((mark) => mark.write === write)
  if (written === undefined) return false
  if (written.request !== request) throw new TenantryError('idempotency_key_reused', { field: 'idempotencyKey' })
  return true
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** With the etag that a new attempt needs. */
export function eventChanged(raw: GoogleCalendarEvent): TenantryError {
  return new TenantryError('event_changed', { field: 'etag', values: { etag: String(raw['etag']) } })
}
