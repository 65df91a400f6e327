import { TenantryError } from '../../../errors/index.ts'
import type { CalendarEvent } from '../../../model/calendar-event.ts'
import { ownProperties, readMarks } from '../own-write.ts'
import { describeEvent } from './describe-event.ts'
import { parseEventInput } from './event-input.ts'
import type { EventInput } from './event-input.ts'
import { fetchEvent } from './fetch-event.ts'
import { finishWrite } from './finish-write.ts'
import { foreseeEvent } from './foresee-event.ts'
import { openCalendar } from './open-calendar.ts'
import type { CalendarDesk, CalendarTarget } from './open-calendar.ts'
import { toResource } from './to-resource.ts'
import { unlessRefused } from './unless-refused.ts'
import { eventIdOf, markFor } from './write-id.ts'
import { parseIdempotencyKey, parseNotify } from './write-options.ts'
import type { WriteOptions } from './write-options.ts'

export interface CreateEventOptions extends CalendarTarget, WriteOptions {
  readonly event: EventInput
  /** 1 to 255 printable ASCII characters, new for each event. */
  readonly idempotencyKey: string
}

/**
 * Creates an event, once for each idempotency key: repeated, also after an answer that was lost, it returns the event as it is by then.
 * @throws `invalid_input`, `idempotency_key_reused`, `event_gone` when the event of this key was deleted since, `direction_from_google`,
 * `calendar_not_chosen`, `calendar_not_found`, `calendar_read_only`
 */
export async function createEvent(desk: CalendarDesk, options: CreateEventOptions): Promise<CalendarEvent> {
  const calendar = await openCalendar(desk, options, 'write')
  const { calendarId } = calendar
  const key = parseIdempotencyKey(options.idempotencyKey)
  const sendUpdates = parseNotify(options.notify)
  const input = parseEventInput(options.event)
  const fields = toResource(input)
  const id = await eventIdOf(calendar, key)
  const resource = { id, status: 'confirmed', ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) }
  const foreseen = foreseeEvent(calendar, resource, input)
  const mark = await markFor(calendar, id, key, fields)
  const extendedProperties = await ownProperties(calendar.call, { ...mark, before: null }, foreseen)
  const event = { ...resource, extendedProperties }
  const created = await calendar.ask((gateway, user) => unlessRefused(409, gateway.insertEvent(user, { calendarId, event, sendUpdates })))
  if (created !== null) return finishWrite(desk, calendar, created)
  const there = await fetchEvent(calendar, id)
  const made = readMarks(there).created
  if (made?.write !== mark.write || made.request !== mark.request)
    throw new TenantryError('idempotency_key_reused', { field: 'idempotencyKey' })
  return describeEvent(calendar, there)
}
