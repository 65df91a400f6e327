import { z } from 'zod/mini'
import { ApiError, notFound } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import type { CalendarState, StoredEventState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { listEvents } from './list-events.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'
import { cancelEvent, changeEvent, insertEvent } from './write-event.ts'
import type { EventFields } from './write-event.ts'

const PATH = '/www.googleapis.com/calendar/v3/calendars/:calendarId/events'
const timeBody = z.object({ dateTime: z.optional(z.string()), date: z.optional(z.string()), timeZone: z.optional(z.string()) })
const eventBody = z.looseObject({ id: z.optional(z.string()), start: z.optional(timeBody), end: z.optional(timeBody) })

/** Events: list, get, insert, patch, update, delete. */
export function createEventOperations(world: World): Operation[] {
  const one = `${PATH}/:eventId`
  return [
    { name: 'calendar.events.list', method: 'GET', path: PATH, handle: (call) => listEvents(world, call) },
    { name: 'calendar.events.get', method: 'GET', path: one, handle: (call) => get(world, call) },
    { name: 'calendar.events.insert', method: 'POST', path: PATH, handle: (call) => insert(world, call) },
    { name: 'calendar.events.patch', method: 'PATCH', path: one, handle: (call) => change(world, call) },
    { name: 'calendar.events.update', method: 'PUT', path: one, handle: (call) => change(world, call) },
    { name: 'calendar.events.delete', method: 'DELETE', path: one, handle: (call) => remove(world, call) },
  ]
}

function get(world: World, call: Call) {
  const { resource } = find(call, openCalendar(world, call, CALENDAR_ACCESS.readEvents).calendar)
  const headers = { etag: resource.etag }
  if (call.request.headers.get('if-none-match') === resource.etag) return new Response(null, { status: 304, headers })
  return Response.json(resource, { headers })
}

function insert(world: World, call: Call) {
  const { account, calendar } = openCalendar(world, call, CALENDAR_ACCESS.writeEvents)
  const fields = readJson(call, eventBody)
  if (fields.id !== undefined && calendar.events.some(({ resource }) => resource.id === fields.id)) {
    throw new ApiError({ code: 409, status: 'ALREADY_EXISTS', message: 'The requested identifier already exists.', reason: 'duplicate' })
  }
  return insertEvent(world, account, calendar, fields)
}

function change(world: World, call: Call) {
  const { account, calendar } = openCalendar(world, call, CALENDAR_ACCESS.writeEvents)
  const stored = find(call, calendar)
  requireMatch(call, stored)
  const fields: EventFields = readJson(call, eventBody)
  // PUT replaces: what it does not name is removed.
  const gone = call.request.method === 'PUT' ? ['summary', 'description', 'location', 'attendees'].filter((name) => !(name in fields)) : []
  return changeEvent(world, account, calendar, stored, { ...Object.fromEntries(gone.map((name) => [name, null])), ...fields })
}

function remove(world: World, call: Call) {
  const { account, calendar } = openCalendar(world, call, CALENDAR_ACCESS.writeEvents)
  const stored = find(call, calendar)
  if (stored.resource.status === 'cancelled') {
    throw new ApiError({ code: 410, status: 'FAILED_PRECONDITION', message: 'Resource has been deleted', reason: 'deleted' })
  }
  requireMatch(call, stored)
  cancelEvent(world, account, calendar, stored)
  return new Response(null, { status: 204 })
}

function find(call: Call, calendar: CalendarState): StoredEventState {
  const stored = calendar.events.find(({ resource }) => resource.id === param(call, 'eventId'))
  if (!stored) throw notFound('Not Found')
  return stored
}

function requireMatch(call: Call, { resource }: StoredEventState): void {
  const expected = call.request.headers.get('if-match')
  if (expected === null || expected === '*' || expected === resource.etag) return
  throw new ApiError({
    code: 412,
    status: 'FAILED_PRECONDITION',
    message: 'Precondition Failed',
    reason: 'conditionNotMet',
    location: 'If-Match',
    locationType: 'header',
  })
}
