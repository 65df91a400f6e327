import { invalidArgument } from '../http/api-error.ts'
import type { EventResource } from '../state/account-state.ts'
import type { Span } from './event-times.ts'
import { isZone } from './zone-time.ts'

const UNSUPPORTED = ['privateExtendedProperty', 'sharedExtendedProperty']

/** What a listing asks for. */
export interface EventFilter {
  singleEvents: boolean
  showDeleted: boolean
  /** timeMin and timeMax; everything without them. */
  within: Span
  orderBy: 'startTime' | 'updated' | null
  timeZone: string | null
  /** Everything that is decided by the event alone. */
  matches(resource: EventResource): boolean
}

/** @throws ApiError 400 */
export function readEventFilter(query: URLSearchParams): EventFilter {
  const unsupported = UNSUPPORTED.find((name) => query.has(name))
  if (unsupported) throw invalidArgument(`The sandbox does not filter by ${unsupported}.`, 'invalid')
  const singleEvents = query.get('singleEvents') === 'true'
  const updatedMin = readTime(query, 'updatedMin')
  const within = {
    from: readTime(query, 'timeMin') ?? Number.NEGATIVE_INFINITY,
    to: readTime(query, 'timeMax') ?? Number.POSITIVE_INFINITY,
  }
  if (within.to <= within.from) throw invalidArgument('The specified time range is empty.', 'timeRangeEmpty')
  const [iCalUID, q, types] = [query.get('iCalUID'), query.get('q')?.toLowerCase(), query.getAll('eventTypes')]
  return {
    singleEvents,
    // What was deleted since is told in any case.
    showDeleted: query.get('showDeleted') === 'true' || updatedMin !== null,
    within,
    orderBy: readOrder(query, singleEvents),
    timeZone: readZone(query),
    matches: (resource) =>
      (updatedMin === null || Date.parse(String(resource['updated'])) >= updatedMin) &&
      (iCalUID === null || resource['iCalUID'] === iCalUID) &&
      (types.length === 0 || types.includes(String(resource['eventType'] ?? 'default'))) &&
      (!q || textOf(resource).includes(q)),
  }
}

/** `timeZone`: whose offset the answer is written with. @throws ApiError 400 */
export function readZone(query: URLSearchParams): string | null {
  const zone = query.get('timeZone')
  if (zone !== null && !isZone(zone)) throw invalidArgument('Invalid time zone definition.', 'invalid')
  return zone
}

function readTime(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null) return null
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw invalidArgument('Bad Request', 'badRequest')
  return time
}

function readOrder(query: URLSearchParams, singleEvents: boolean): EventFilter['orderBy'] {
  const orderBy = query.get('orderBy')
  if (orderBy === null || orderBy === 'updated' || (orderBy === 'startTime' && singleEvents)) return orderBy
  throw invalidArgument('The requested ordering is not available for the particular query.', 'badRequest')
}

function textOf({ summary, description, location }: EventResource): string {
  return [summary, description, location]
    .map((text) => String(text ?? ''))
    .join(' ')
    .toLowerCase()
}
