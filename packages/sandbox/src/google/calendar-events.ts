import { newEventId } from '../calendar/event-ids.ts'
import { findStored } from '../calendar/event-index.ts'
import { spanOf } from '../calendar/event-times.ts'
import { isCancelled } from '../calendar/find-event.ts'
import { withHorizon } from '../calendar/horizon.ts'
import { listCurrent } from '../calendar/list-events.ts'
import { listInstances } from '../calendar/list-instances.ts'
import { notifyChannels } from '../calendar/notify-channels.ts'
import { storeEvent } from '../calendar/store-event.ts'
import { cancelEvent, changeEvent, insertEvent } from '../calendar/write-event.ts'
import type { EventFields } from '../calendar/write-event.ts'
import type { CalendarState, EventResource, EventTime } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { findAccount, findCalendarOf, findEventOf } from './find.ts'
import type { EventDraft, GoogleWorld } from './google-world.ts'

export type EventVerbs = Pick<
  GoogleWorld,
  'createEvent' | 'updateEvent' | 'moveEvent' | 'cancelEvent' | 'createOddEvent' | 'listInstances' | 'listEvents'
>

/** What people do with events. */
export function createEventVerbs(world: World): EventVerbs {
  const calendarOf = (address: string, calendarId: string) => findCalendarOf(findAccount(world, address), calendarId)
  return {
    createEvent: (address, calendarId, draft) => {
      const account = findAccount(world, address)
      const calendar = findCalendarOf(account, calendarId)
      return structuredClone(insertEvent(world, account, calendar, fieldsOf(draft, calendar.timeZone)))
    },
    updateEvent: (address, calendarId, eventId, changes) => {
      const calendar = calendarOf(address, calendarId)
      const stored = findEventOf(calendar, eventId)
      const fields = fieldsOf(changes, stored.resource.start?.timeZone ?? calendar.timeZone)
      return structuredClone(changeEvent(world, calendar, stored, fields))
    },
    moveEvent: (address, calendarId, eventId, byMilliseconds) => {
      const calendar = calendarOf(address, calendarId)
      const stored = findEventOf(calendar, eventId)
      const { start, end } = stored.resource
      return structuredClone(changeEvent(world, calendar, stored, { start: shift(start, byMilliseconds), end: shift(end, byMilliseconds) }))
    },
    cancelEvent: (address, calendarId, eventId) => {
      const calendar = calendarOf(address, calendarId)
      const stored = findEventOf(calendar, eventId)
      if (!isCancelled(calendar, stored.resource)) cancelEvent(world, calendar, stored)
    },
    createOddEvent: (address, calendarId, resource) =>
      structuredClone(storeAsGiven(world, calendarOf(address, calendarId), structuredClone(resource))),
    listInstances: (address, calendarId, seriesId, { from = Number.NEGATIVE_INFINITY, limit = Number.POSITIVE_INFINITY } = {}) => {
      const calendar = calendarOf(address, calendarId)
      const { resource: series } = findEventOf(calendar, seriesId)
      const within = withHorizon({ from, to: Number.POSITIVE_INFINITY }, world.clock.now())
      const ids: string[] = []
      for (const { resource } of listInstances(calendar, series, within)) {
        if (ids.length >= limit) break
        if (!isCancelled(calendar, resource) && spanOf(resource, calendar.timeZone).from >= from) ids.push(resource.id)
      }
      return ids
    },
    listEvents: (address, calendarId) => structuredClone(listCurrent(calendarOf(address, calendarId))),
  }
}

/** The fields of a draft as a person writes them, who always has a time zone. */
export function fieldsOf({ start, end, ...rest }: Partial<EventDraft>, zone: string): EventFields {
  return {
    ...rest,
    ...(start === undefined ? {} : { start: timeOf(start, zone) }),
    ...(end === undefined ? {} : { end: timeOf(end, zone) }),
  }
}

function timeOf(time: number | Date | EventTime, timeZone: string): EventFields {
  if (typeof time === 'number' || time instanceof Date) return { date: null, dateTime: new Date(time).toISOString(), timeZone }
  return time.date === undefined ? { date: null, timeZone, ...time } : { dateTime: null, timeZone: null, ...time }
}

function shift(time: EventTime | undefined, by: number): EventTime {
  if (time?.date !== undefined) return { date: new Date(Date.parse(time.date) + by).toISOString().slice(0, 10) }
  return { dateTime: new Date(Date.parse(time?.dateTime ?? '') + by).toISOString() }
}

function storeAsGiven(world: World, calendar: CalendarState, resource: Record<string, unknown>): EventResource {
  const id = typeof resource['id'] === 'string' ? resource['id'] : newEventId()
  const given = { ...resource, id } as EventResource
  const stored = findStored(calendar, id) ?? { order: 0, version: 0, resource: given }
  storeEvent(world, calendar, stored, given)
  notifyChannels(world, calendar)
  return stored.resource
}
