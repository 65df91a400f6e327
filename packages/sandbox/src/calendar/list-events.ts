import { z } from 'zod/mini'
import { ApiError, invalidArgument } from '../http/api-error.ts'
import type { Call } from '../http/operation.ts'
import { pageSize, readPageToken, writePageToken } from '../http/paging.ts'
import { decodeOpaque, encodeOpaque } from '../state/encoding.ts'
import type { CalendarState, StoredEventState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'

const FORBIDDEN_WITH_TOKEN = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'timeMin',
  'timeMax',
  'updatedMin',
]
const FIXED = ['singleEvents', 'eventTypes', 'showHiddenInvitations']
const UNSUPPORTED = ['privateExtendedProperty', 'sharedExtendedProperty']

const syncTokenShape = z.object({ calendar: z.string(), generation: z.number(), version: z.number(), fixed: z.string() })

/** `events.list`: a full listing, or what changed since a sync token. */
export function listEvents(world: World, call: Call) {
  const { calendar } = openCalendar(world, call, CALENDAR_ACCESS.readEvents)
  const { query } = call
  const unsupported = UNSUPPORTED.find((name) => query.has(name))
  if (unsupported) throw invalidArgument(`The sandbox does not filter by ${unsupported}.`, 'invalid')
  const since = readSyncToken(calendar, query)
  const kind = `events-${calendar.id}-${since ?? 'full'}`
  const place = readPageToken(query, kind, z.object({ after: z.number(), upTo: z.number() }))
  const upTo = place?.upTo ?? calendar.version
  const matching = calendar.events.filter((event) =>
    since === null ? wanted(event, query) : event.version > since && event.version <= upTo,
  )
  const ordered = inOrder(matching, query, since !== null)
  const rest = ordered.filter(({ place: own }) => own > (place?.after ?? -1))
  const page = rest.slice(0, pageSize(query, 250, 2500))
  const last = page.at(-1)
  return {
    kind: 'calendar#events',
    etag: `"p${calendar.version}"`,
    summary: calendar.summary,
    timeZone: calendar.timeZone,
    updated: new Date(world.clock.now()).toISOString(),
    accessRole: 'owner',
    defaultReminders: [],
    items: page.map(({ event }) => (event.resource.status === 'cancelled' && since !== null ? tombstone(event) : event.resource)),
    ...(last && page.length < rest.length
      ? { nextPageToken: writePageToken(kind, { after: last.place, upTo }) }
      : offerSyncToken(calendar, query, upTo)),
  }
}

function readSyncToken(calendar: CalendarState, query: URLSearchParams): number | null {
  const text = query.get('syncToken')
  if (text === null) return null
  const offending = FORBIDDEN_WITH_TOKEN.find((name) => query.has(name))
  const token = syncTokenShape.safeParse(decodeOpaque(text))
  if (offending || query.get('showDeleted') === 'false' || (token.success && token.data.fixed !== fixedOf(query))) {
    throw new ApiError({
      code: 400,
      status: 'INVALID_ARGUMENT',
      message: 'Sync token cannot be used with other query restrictions.',
      domain: 'calendar',
      reason: 'syncTokenWithRequestRestrictions',
      location: 'syncToken',
      locationType: 'parameter',
    })
  }
  if (token.success && token.data.calendar === calendar.id && token.data.generation === calendar.generation) return token.data.version
  throw new ApiError({
    code: 410,
    status: 'FAILED_PRECONDITION',
    message: 'Sync token is no longer valid, a full sync is required.',
    domain: 'calendar',
    reason: 'fullSyncRequired',
    location: 'syncToken',
    locationType: 'parameter',
  })
}

function wanted({ resource }: StoredEventState, query: URLSearchParams): boolean {
  if (resource.status === 'cancelled' && query.get('showDeleted') !== 'true') return false
  const [timeMin, timeMax, updatedMin] = ['timeMin', 'timeMax', 'updatedMin'].map((name) => readTime(query, name))
  const [start, end] = [resource.start, resource.end].map((time) => Date.parse(time?.dateTime ?? time?.date ?? ''))
  if (timeMin !== null && timeMin !== undefined && !((end ?? 0) > timeMin)) return false
  if (timeMax !== null && timeMax !== undefined && !((start ?? 0) < timeMax)) return false
  if (updatedMin !== null && updatedMin !== undefined && Date.parse(String(resource['updated'])) < updatedMin) return false
  if (query.has('iCalUID') && resource['iCalUID'] !== query.get('iCalUID')) return false
  const q = query.get('q')?.toLowerCase()
  return (
    !q ||
    `${resource.summary ?? ''} ${String(resource['description'] ?? '')} ${String(resource['location'] ?? '')}`.toLowerCase().includes(q)
  )
}

function readTime(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null) return null
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) throw invalidArgument('Bad Request', 'badRequest')
  return Date.parse(text)
}

/** Each event with its place in the listing. Creation and change numbers never shift; a requested order pages by position. */
function inOrder(events: StoredEventState[], query: URLSearchParams, incremental: boolean): { place: number; event: StoredEventState }[] {
  const orderBy = query.get('orderBy')
  if (orderBy === null)
    return events.map((event) => ({ place: incremental ? event.version : event.order, event })).toSorted((a, b) => a.place - b.place)
  if (orderBy === 'startTime' && query.get('singleEvents') !== 'true') {
    throw invalidArgument('The requested ordering is not available for the particular query.', 'badRequest')
  }
  const value = ({ resource }: StoredEventState) =>
    orderBy === 'updated' ? Date.parse(String(resource['updated'])) : Date.parse(resource.start?.dateTime ?? resource.start?.date ?? '')
  return events.toSorted((a, b) => value(a) - value(b)).map((event, place) => ({ place, event }))
}

/** Ordered and searched listings cannot be continued incrementally. */
function offerSyncToken(calendar: CalendarState, query: URLSearchParams, version: number) {
  if (query.has('orderBy') || query.has('q')) return {}
  return { nextSyncToken: encodeOpaque({ calendar: calendar.id, generation: calendar.generation, version, fixed: fixedOf(query) }) }
}

function tombstone({ resource }: StoredEventState) {
  const { id, etag, updated } = resource
  return { kind: 'calendar#event', id, etag, status: 'cancelled', updated }
}

function fixedOf(query: URLSearchParams): string {
  return FIXED.map((name) => `${name}=${query.getAll(name).toSorted().join(',')}`).join('&')
}
