import { z } from 'zod/mini'
import { ApiError } from '../http/api-error.ts'
import { decodeOpaque, encodeOpaque } from '../state/encoding.ts'
import type { CalendarState } from '../state/account-state.ts'

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

const shape = z.object({ calendar: z.string(), generation: z.number(), version: z.number(), fixed: z.string() })

/** The version of the calendar that a sync token stands for; null without one. @throws ApiError 400, 410 */
export function readSyncToken(calendar: CalendarState, query: URLSearchParams): number | null {
  const text = query.get('syncToken')
  if (text === null) return null
  const offending = FORBIDDEN_WITH_TOKEN.find((name) => query.has(name))
  const token = shape.safeParse(decodeOpaque(text))
  if (offending || query.get('showDeleted') === 'false' || (token.success && token.data.fixed !== fixedOf(query))) {
    throw refuse(400, 'INVALID_ARGUMENT', 'syncTokenWithRequestRestrictions', 'Sync token cannot be used with other query restrictions.')
  }
  if (token.success && token.data.calendar === calendar.id && token.data.generation === calendar.generation) return token.data.version
  throw refuse(410, 'FAILED_PRECONDITION', 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.')
}

/** Ordered and searched listings cannot be continued incrementally. */
export function offerSyncToken(calendar: CalendarState, query: URLSearchParams, version: number) {
  if (query.has('orderBy') || query.has('q')) return {}
  return { nextSyncToken: encodeOpaque({ calendar: calendar.id, generation: calendar.generation, version, fixed: fixedOf(query) }) }
}

/** What has to stay as it was in the first listing. */
function fixedOf(query: URLSearchParams): string {
  const flags = ['singleEvents', 'showHiddenInvitations'].map((name) => `${name}=${query.get(name) === 'true'}`)
  return [...flags, `eventTypes=${query.getAll('eventTypes').toSorted().join(',')}`].join('&')
}

function refuse(code: number, status: string, reason: string, message: string): ApiError {
  return new ApiError({ code, status, message, domain: 'calendar', reason, location: 'syncToken', locationType: 'parameter' })
}
