import { ApiError, invalidArgument } from '../http/api-error.ts'
import type { AccountState, CalendarState, EventResource, StoredEventState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { isEventId, newEventId } from './event-ids.ts'
import { findStored } from './event-index.ts'
import { mergeFields } from './merge-fields.ts'
import { notifyChannels } from './notify-channels.ts'
import { readEvent } from './read-event.ts'
import { storeEvent } from './store-event.ts'
import { updateExceptions } from './update-exceptions.ts'

/** What only Google writes. */
const SERVER_FIELDS = [
  'kind',
  'id',
  'etag',
  'created',
  'updated',
  'creator',
  'organizer',
  'iCalUID',
  'htmlLink',
  'sequence',
  'eventType',
  'recurringEventId',
  'originalStartTime',
]

/** What a client writes into an event; null removes. */
export type EventFields = Record<string, unknown>

/** Adds an event. @throws ApiError 400, 409 */
export function insertEvent(world: World, account: AccountState, calendar: CalendarState, fields: EventFields): EventResource {
  const id = chooseId(calendar, fields['id'])
  const resource: EventResource = {
    kind: 'calendar#event',
    etag: '',
    id,
    status: 'confirmed',
    htmlLink: `https://www.google.com/calendar/event?eid=${id}`,
    created: new Date(world.clock.now()).toISOString(),
    creator: { email: account.address, ...(calendar.id === account.address ? { self: true } : {}) },
    organizer: { email: calendar.id, ...(calendar.primary ? {} : { displayName: calendar.summary }), self: true },
    iCalUID: `${id}@google.com`,
    sequence: 0,
    reminders: { useDefault: true },
    eventType: 'default',
  }
  const written = readEvent({ ...resource, ...mergeFields(resource, withoutServerFields(fields)) }, calendar)
  const stored = storeEvent(world, calendar, { order: 0, version: 0, resource: written })
  notifyChannels(world, calendar)
  return stored.resource
}

/** Changes the named fields of an event, or replaces all that a client may write. @throws ApiError 400 */
export function changeEvent(
  world: World,
  calendar: CalendarState,
  stored: StoredEventState,
  fields: EventFields,
  how: 'merge' | 'replace' = 'merge',
): EventResource {
  const before = stored.resource
  const base = how === 'merge' ? before : { ...onlyServerFields(before), status: 'confirmed', reminders: { useDefault: true } }
  const { id, etag } = before
  const merged = mergeFields(base, withoutServerFields(fields))
  const next = readEvent({ ...merged, id, etag, status: String(merged['status'] ?? 'confirmed') }, calendar)
  const moved = timesOf(next) !== timesOf(before)
  const sequence = Number(before['sequence'] ?? 0) + (moved ? 1 : 0)
  const written = storeEvent(world, calendar, stored, { ...next, sequence })
  updateExceptions(world, calendar, before, written.resource)
  notifyChannels(world, calendar)
  return written.resource
}

/** Cancels an event, with its instances if it is a series: it stays, as a tombstone, for incremental listings. */
export function cancelEvent(world: World, calendar: CalendarState, stored: StoredEventState): void {
  const before = stored.resource
  const { resource } = storeEvent(world, calendar, stored, { ...before, status: 'cancelled' })
  updateExceptions(world, calendar, before, resource)
  notifyChannels(world, calendar)
}

/** What makes the instances of a series what they are. */
function timesOf({ start, end, recurrence }: EventResource): string {
  return JSON.stringify([start, end, recurrence])
}

function chooseId(calendar: CalendarState, asked: unknown): string {
  if (asked === undefined || asked === null) return newEventId()
  if (typeof asked !== 'string' || !isEventId(asked)) throw invalidArgument('Invalid resource id value.', 'invalid')
  if (!findStored(calendar, asked)) return asked
  throw new ApiError({ code: 409, status: 'ALREADY_EXISTS', message: 'The requested identifier already exists.', reason: 'duplicate' })
}

function withoutServerFields(fields: EventFields): EventFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !SERVER_FIELDS.includes(name)))
}

function onlyServerFields(fields: EventFields): EventFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => SERVER_FIELDS.includes(name)))
}
