import { z } from 'zod/mini'
import type { Call, Operation } from '../http/operation.ts'
import { pageSize, readPageToken, writePageToken } from '../http/paging.ts'
import { accountOf, authenticate } from '../oauth/authenticate.ts'
import type { AccountState, CalendarState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { showColor } from './colors.ts'
import { listSeenCalendars } from './find-calendar.ts'
import type { SeenCalendar } from './find-calendar.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'
import { queryFreeBusy } from './query-free-busy.ts'

const PATH = '/www.googleapis.com/calendar/v3'

/** `calendarList.list`, `calendarList.get`, `calendars.get` and `freebusy.query` */
export function createCalendarOperations(world: World): Operation[] {
  return [
    {
      name: 'calendar.calendarList.list',
      method: 'GET',
      path: `${PATH}/users/me/calendarList`,
      handle: (call) => list(world, call),
    },
    {
      name: 'calendar.calendarList.get',
      method: 'GET',
      path: `${PATH}/users/me/calendarList/:calendarId`,
      handle: (call) => {
        const { account, ...seen } = openCalendar(world, call, CALENDAR_ACCESS.list)
        return showEntry(account, seen)
      },
    },
    {
      name: 'calendar.calendars.get',
      method: 'GET',
      path: `${PATH}/calendars/:calendarId`,
      handle: (call) => show(openCalendar(world, call, CALENDAR_ACCESS.describe).calendar),
    },
    { name: 'calendar.freebusy.query', method: 'POST', path: `${PATH}/freeBusy`, handle: (call) => queryFreeBusy(world, call) },
  ]
}

function list(world: World, call: Call) {
  const account = accountOf(world, authenticate(world, call, 'calendar', CALENDAR_ACCESS.list.scopes))
  const seen = listSeenCalendars(world, account)
  const from = readPageToken(call.query, 'calendar-list', z.object({ from: z.number() }))?.from ?? 0
  const to = from + pageSize(call.query, 100, 250)
  return {
    kind: 'calendar#calendarList',
    etag: '"p1"',
    items: seen.slice(from, to).map((entry) => showEntry(account, entry)),
    ...(to < seen.length ? { nextPageToken: writePageToken('calendar-list', { from: to }) } : {}),
  }
}

function show({ id, summary, timeZone }: CalendarState) {
  return {
    kind: 'calendar#calendar',
    etag: '"p1"',
    id,
    summary,
    timeZone,
    conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
  }
}

function showEntry(account: AccountState, { owner, calendar, role }: SeenCalendar) {
  const { id, summary, timeZone, color, primary } = calendar
  return {
    kind: 'calendar#calendarListEntry',
    etag: '"p1"',
    id,
    summary,
    timeZone,
    ...showColor(color),
    accessRole: role,
    selected: true,
    defaultReminders: [],
    // Somebody else's main calendar is not the account's.
    ...(primary && owner === account ? { primary: true } : {}),
  }
}
