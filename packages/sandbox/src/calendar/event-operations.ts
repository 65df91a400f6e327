import { z } from 'zod/mini'
import { ApiError, invalidArgument, notFound } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import type { CalendarState, StoredEventState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { readZone } from './event-filter.ts'
import { findEvent, isCancelled } from './find-event.ts'
import { answerInstances } from './instance-operation.ts'
import { listEvents } from './list-events.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'
import { showEvent } from './show-event.ts'
import { cancelEvent, changeEvent, insertEvent } from './write-event.ts'

const PATH = '/www.googleapis.com/calendar/v3/calendars/:calendarId/events'
const SEND_UPDATES = ['all', 'externalOnly', 'none']

const text = z.optional(z.nullable(z.string()))
const timeBody = z.optional(z.nullable(z.object({ dateTime: text, date: text, timeZone: text })))
const eventBody = z.looseObject({
  id: text,
  status: text,
  summary: text,
  start: timeBody,
  end: timeBody,
  recurrence: z.optional(z.nullable(z.array(z.string()))),
})

/** Events: list, instances, get, insert, patch, update, delete. */
export function createEventOperations(world: World): Operation[] {
  const one = `${PATH}/:eventId`
  return [
    { name: 'calendar.events.list', method: 'GET', path: PATH, handle: (call) => listEvents(world, call) },
    { name: 'calendar.events.instances', method: 'GET', path: `${one}/instances`, handle: (call) => answerInstances(world, call) },
    { name: 'calendar.events.get', method: 'GET', path: one, handle: (call) => get(world, call) },
    { name: 'calendar.events.insert', method: 'POST', path: PATH, handle: (call) => insert(world, call) },
    { name: 'calendar.events.patch', method: 'PATCH', path: one, handle: (call) => change(world, call, 'merge') },
    { name: 'calendar.events.update', method: 'PUT', path: one, handle: (call) => change(world, call, 'replace') },
    { name: 'calendar.events.delete', method: 'DELETE', path: one, handle: (call) => remove(world, call) },
  ]
}

function get(world: World, call: Call) {
  const { calendar, role } = openCalendar(world, call, CALENDAR_ACCESS.readEvents)
  const resource = showEvent({ calendar, role, timeZone: readZone(call.query) }, find(call, calendar).resource)
  const headers = { etag: resource.etag }
  if (call.request.headers.get('if-none-match') === resource.etag) return new Response(null, { status: 304, headers })
  return Response.json(resource, { headers })
}

function insert(world: World, call: Call) {
  const { account, calendar } = openCalendar(world, call, CALENDAR_ACCESS.writeEvents)
  requireSendUpdates(call)
  return insertEvent(world, account, calendar, readJson(call, eventBody))
}

function change(world: World, call: Call, how: 'merge' | 'replace') {
  const { calendar } = openCalendar(world, call, CALENDAR_ACCESS.writeEvents)
  requireSendUpdates(call)
  const stored = find(call, calendar)
  requireMatch(call, stored)
  return changeEvent(world, calendar, stored, readJson(call, eventBody), how)
}

function remove(world: World, call: Call) {
  const { calendar } = openCalendar(world, call, CALENDAR_ACCESS.writeEvents)
  requireSendUpdates(call)
  const stored = find(call, calendar)
  if (isCancelled(calendar, stored.resource)) {
    throw new ApiError({ code: 410, status: 'FAILED_PRECONDITION', message: 'Resource has been deleted', reason: 'deleted' })
  }
  requireMatch(call, stored)
  cancelEvent(world, calendar, stored)
  return new Response(null, { status: 204 })
}

function find(call: Call, calendar: CalendarState): StoredEventState {
  const stored = findEvent(calendar, param(call, 'eventId'))
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

function requireSendUpdates({ query }: Call): void {
  const asked = query.get('sendUpdates')
  if (asked === null || SEND_UPDATES.includes(asked)) return
  throw invalidArgument(`Invalid string value: '${asked}'. Allowed values: [${SEND_UPDATES.join(', ')}]`, 'invalidParameter')
}
