import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { CalendarGateway, ListEventsInput } from '@tenantry/sdk/ports'
import { event, eventList, nothing } from './calendar-answers.ts'
import type { RestRequest } from '../rest/create-request.ts'
import { path } from '../rest/path.ts'

const eventCap = 1024 * 1024
const pageCap = 16 * eventCap

type CalendarEvents = Pick<CalendarGateway, 'listEvents' | 'getEvent' | 'insertEvent' | 'patchEvent' | 'deleteEvent'>

/** The events of a calendar. */
export function createCalendarEvents(request: RestRequest, endpoint: string): CalendarEvents {
  const all = (calendarId: string) => endpoint + path`/calendars/${calendarId}/events`
  const one = (calendarId: string, eventId: string) => endpoint + path`/calendars/${calendarId}/events/${eventId}`

  return {
    async listEvents({ accessToken }, input) {
      const call = {
        operation: 'calendar.events.list',
        method: 'GET',
        url: all(input.calendarId),
        query: queryOf(input),
        accessToken,
      } as const
      const {
        items,
        nextPageToken = null,
        nextSyncToken = null,
        accessRole,
        timeZone = null,
      } = await request({ ...call, capBytes: pageCap }, eventList)
      return { events: items, nextPageToken, nextSyncToken, accessRole, timeZone }
    },

    async getEvent({ accessToken }, { calendarId, eventId }) {
      const call = { operation: 'calendar.events.get', method: 'GET', url: one(calendarId, eventId), accessToken } as const
      return request({ ...call, capBytes: eventCap }, event)
    },

    async insertEvent({ accessToken }, { calendarId, event: body, sendUpdates }) {
      const call = {
        operation: 'calendar.events.insert',
        method: 'POST',
        url: all(calendarId),
        query: { sendUpdates },
        accessToken,
      } as const
      return request({ ...call, body, capBytes: eventCap }, event)
    },

    async patchEvent({ accessToken }, { calendarId, eventId, event: body, etag: ifMatch, sendUpdates }) {
      const call = { operation: 'calendar.events.patch', method: 'PATCH', url: one(calendarId, eventId), accessToken } as const
      return request({ ...call, query: { sendUpdates }, ifMatch, body, capBytes: eventCap }, event)
    },

    async deleteEvent({ accessToken }, { calendarId, eventId, etag: ifMatch, sendUpdates }) {
      const operation = 'calendar.events.delete'
      const call = { operation, method: 'DELETE', url: one(calendarId, eventId), query: { sendUpdates }, accessToken, ifMatch } as const
      return request(call, nothing).then(
        () => true,
        (error: unknown) => {
          if (saysGone(error)) return false
          throw error
        },
      )
    },
  }
}

/** A sync token holds only while all other parameters stay as they were, so those of a sync never differ. */
function queryOf(input: ListEventsInput) {
  const { pageToken, maxResults } = input
  if ('between' in input) {
    const { from: timeMin, to: timeMax } = input.between
    return { singleEvents: 'true', orderBy: 'startTime', showDeleted: 'false', timeMin, timeMax, maxResults, pageToken }
  }
  return { singleEvents: 'false', showDeleted: 'true', maxResults, pageToken, syncToken: input.syncToken ?? undefined }
}

/** The API's own words; a 404 without them may come from anything on the way. */
function saysGone(error: unknown): boolean {
  return error instanceof ProviderRefusal && (error.httpStatus === 404 || error.httpStatus === 410) && error.reason !== undefined
}
