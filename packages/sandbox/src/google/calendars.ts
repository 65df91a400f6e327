import { cancelEvent, changeEvent, insertEvent } from '../calendar/write-event.ts'
import type { EventFields } from '../calendar/write-event.ts'
import type { AccountState, CalendarState, EventTime } from '../state/account-state.ts'
import { newId } from '../state/new-id.ts'
import type { World } from '../state/world.ts'
import { findAccount, findCalendarOf, findEvent } from './find.ts'
import type { EventDraft, GoogleWorld } from './google-world.ts'

const HOUR = 3_600_000

type CalendarVerbs = Pick<GoogleWorld, 'createCalendar' | 'createEvent' | 'updateEvent' | 'moveEvent' | 'cancelEvent' | 'expireSyncTokens'>

/** What happens in calendars. */
export function createCalendarVerbs(world: World): CalendarVerbs {
  const onEvent = (address: string, calendarId: string, eventId: string) => {
    const account = findAccount(world, address)
    const calendar = findCalendarOf(account, calendarId)
    return { account, calendar, stored: findEvent(calendar, eventId) }
  }
  return {
    createCalendar: (address, options) => {
      const calendar = createCalendarState(options)
      findAccount(world, address).calendars.push(calendar)
      return { id: calendar.id }
    },
    createEvent: (address, calendarId, event) => {
      const account = findAccount(world, address)
      return structuredClone(insertEvent(world, account, findCalendarOf(account, calendarId), fieldsOf(event)))
    },
    updateEvent: (address, calendarId, eventId, changes) => {
      const { account, calendar, stored } = onEvent(address, calendarId, eventId)
      return structuredClone(changeEvent(world, account, calendar, stored, fieldsOf(changes)))
    },
    moveEvent: (address, calendarId, eventId, byMilliseconds) => {
      const { account, calendar, stored } = onEvent(address, calendarId, eventId)
      const fields = { start: shift(stored.resource.start, byMilliseconds), end: shift(stored.resource.end, byMilliseconds) }
      return structuredClone(changeEvent(world, account, calendar, stored, fields))
    },
    cancelEvent: (address, calendarId, eventId) => {
      const { account, calendar, stored } = onEvent(address, calendarId, eventId)
      cancelEvent(world, account, calendar, stored)
    },
    expireSyncTokens: (address) => {
      for (const calendar of findAccount(world, address).calendars) calendar.generation += 1
    },
  }
}

/** A calendar without events. */
export function createCalendarState(options: {
  summary: string
  id?: string
  timeZone?: string
  pushable?: boolean
  primary?: boolean
}): CalendarState {
  return {
    id: options.id ?? `${newId(26)}@group.calendar.google.com`,
    summary: options.summary,
    timeZone: options.timeZone ?? 'Europe/Berlin',
    primary: options.primary ?? false,
    pushable: options.pushable ?? true,
    resourceId: newId(27),
    version: 0,
    generation: 0,
    events: [],
  }
}

/** A few believable events in the days to come. */
export function seedEvents(world: World, account: AccountState, calendar: CalendarState): void {
  const midnight = Math.floor(world.clock.now() / 86_400_000) * 86_400_000
  const add = (day: number, hour: number, hours: number, summary: string) => {
    const start = midnight + day * 86_400_000 + hour * HOUR
    insertEvent(world, account, calendar, fieldsOf({ summary, start, end: start + hours * HOUR }))
  }
  add(1, 9, 8, `On-call: ${account.name}`)
  add(1, 10, 0.5, 'Stand-up')
  add(2, 14, 1, 'On-site visit: printer on floor 3')
  add(3, 11, 1, 'Review of open tickets')
}

function fieldsOf(event: Partial<EventDraft>): EventFields {
  const { start, end, ...rest } = event
  return { ...rest, ...(start === undefined ? {} : { start: timeOf(start) }), ...(end === undefined ? {} : { end: timeOf(end) }) }
}

function timeOf(time: number | Date | EventTime): EventTime {
  return typeof time === 'number' || time instanceof Date ? { dateTime: new Date(time).toISOString() } : time
}

function shift(time: EventTime | undefined, by: number): EventTime {
  if (time?.date) return { date: new Date(Date.parse(time.date) + by).toISOString().slice(0, 10) }
  return { ...time, dateTime: new Date(Date.parse(time?.dateTime ?? '') + by).toISOString() }
}
