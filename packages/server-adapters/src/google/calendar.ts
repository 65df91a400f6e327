import type { CalendarGateway } from '@tenantry/sdk/ports'
import { createCalendarBusy } from './calendar-busy.ts'
import { createCalendarChannels } from './calendar-channels.ts'
import { createCalendarEvents } from './calendar-events.ts'
import { createCalendarList } from './calendar-list.ts'
import type { RestRequest } from '../rest/create-request.ts'

/** The Calendar API. Source: developers.google.com/workspace/calendar/api/v3/reference. */
export function createCalendar(request: RestRequest, endpoint: string): CalendarGateway {
  return {
    ...createCalendarList(request, endpoint),
    ...createCalendarEvents(request, endpoint),
    ...createCalendarChannels(request, endpoint),
    ...createCalendarBusy(request, endpoint),
  }
}
