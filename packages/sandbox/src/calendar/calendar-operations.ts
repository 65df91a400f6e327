import type { Operation } from '../http/operation.ts'
import { accountOf, authenticate } from '../oauth/authenticate.ts'
import type { CalendarState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { CALENDAR_ACCESS, openCalendar } from './open-calendar.ts'

const PATH = '/www.googleapis.com/calendar/v3'

/** `calendarList.list`, `calendarList.get` and `calendars.get` */
export function createCalendarOperations(world: World): Operation[] {
  return [
    {
      name: 'calendar.calendarList.list',
      method: 'GET',
      path: `${PATH}/users/me/calendarList`,
      handle: (call) => {
        const account = accountOf(world, authenticate(world, call, 'calendar', CALENDAR_ACCESS.list))
        return { kind: 'calendar#calendarList', etag: '"p1"', items: account.calendars.map(showEntry) }
      },
    },
    {
      name: 'calendar.calendarList.get',
      method: 'GET',
      path: `${PATH}/users/me/calendarList/:calendarId`,
      handle: (call) => showEntry(openCalendar(world, call, CALENDAR_ACCESS.list).calendar),
    },
    {
      name: 'calendar.calendars.get',
      method: 'GET',
      path: `${PATH}/calendars/:calendarId`,
      handle: (call) => show(openCalendar(world, call, CALENDAR_ACCESS.describe).calendar),
    },
  ]
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

function showEntry(calendar: CalendarState) {
  const { id, summary, timeZone, primary } = calendar
  const accessRole = calendar.pushable ? 'owner' : 'reader'
  return {
    kind: 'calendar#calendarListEntry',
    etag: '"p1"',
    id,
    summary,
    timeZone,
    accessRole,
    selected: true,
    ...(primary ? { primary: true } : {}),
  }
}
