import { invalidArgument } from '../http/api-error.ts'
import { newId } from '../state/new-id.ts'
import type { AccountState, CalendarState, EventResource, EventTime, StoredEventState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { notifyChannels } from './notify-channels.ts'

const SERVER_FIELDS = ['kind', 'etag', 'created', 'updated', 'creator', 'organizer', 'iCalUID', 'htmlLink', 'sequence']

/** What a client writes into an event. */
export interface EventFields {
  [field: string]: unknown
  id?: string | undefined
  start?: EventTime | undefined
  end?: EventTime | undefined
}

/** Adds an event. @throws ApiError 400, 409 */
export function insertEvent(world: World, account: AccountState, calendar: CalendarState, fields: EventFields): EventResource {
  requireTimes(fields)
  const id = fields.id ?? newId(26)
  const now = new Date(world.clock.now()).toISOString()
  const stored: StoredEventState = {
    order: ++world.state.sequence,
    version: 0,
    resource: {
      kind: 'calendar#event',
      status: 'confirmed',
      etag: '',
      htmlLink: `https://www.google.com/calendar/event?eid=${id}`,
      created: now,
      creator: { email: account.address, self: true },
      organizer: { email: calendar.id, ...(calendar.primary ? { self: true } : { displayName: calendar.summary }) },
      iCalUID: `${id}@google.com`,
      sequence: 0,
      reminders: { useDefault: true },
      eventType: 'default',
      ...withoutServerFields(fields),
      id,
    },
  }
  calendar.events.push(stored)
  return commit(world, account, calendar, stored)
}

/** Changes fields of an event; null removes one. @throws ApiError 400 */
export function changeEvent(
  world: World,
  account: AccountState,
  calendar: CalendarState,
  stored: StoredEventState,
  fields: EventFields,
): EventResource {
  const merged = Object.fromEntries(
    Object.entries({ ...stored.resource, ...withoutServerFields(fields) }).filter(([, value]) => value !== null),
  )
  const next: EventResource = { ...merged, id: stored.resource.id, etag: '', status: String(merged['status'] ?? 'confirmed') }
  requireTimes(next)
  const moved = JSON.stringify([next.start, next.end]) !== JSON.stringify([stored.resource.start, stored.resource.end])
  stored.resource = { ...next, sequence: Number(stored.resource['sequence'] ?? 0) + (moved ? 1 : 0) }
  return commit(world, account, calendar, stored)
}

/** Cancels an event: it stays, as a tombstone, for incremental listings. */
export function cancelEvent(world: World, account: AccountState, calendar: CalendarState, stored: StoredEventState): void {
  stored.resource = { ...stored.resource, status: 'cancelled' }
  commit(world, account, calendar, stored)
}

function commit(world: World, account: AccountState, calendar: CalendarState, stored: StoredEventState): EventResource {
  calendar.version += 1
  stored.version = calendar.version
  stored.resource = {
    ...stored.resource,
    etag: `"${stored.order}${String(stored.version).padStart(9, '0')}"`,
    updated: new Date(world.clock.now()).toISOString(),
  }
  notifyChannels(world, account, calendar)
  return stored.resource
}

function withoutServerFields(fields: EventFields): EventFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !SERVER_FIELDS.includes(name)))
}

function requireTimes({ start, end, recurrence }: EventFields): void {
  if (recurrence) throw invalidArgument('The sandbox does not expand recurring events.', 'invalid')
  const [from, to] = [start, end].map((time) => Date.parse(time?.dateTime ?? time?.date ?? ''))
  if (from === undefined || Number.isNaN(from)) throw invalidArgument('Missing start time.', 'required')
  if (to === undefined || Number.isNaN(to)) throw invalidArgument('Missing end time.', 'required')
  if (to < from) throw invalidArgument('The specified time range is empty.', 'timeRangeEmpty')
}
