import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { CalendarEntry, CalendarGateway } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import { calendarEntry, calendarList } from './calendar-answers.ts'
import type { RestRequest } from '../rest/create-request.ts'
import { path } from '../rest/path.ts'

const pageCap = 16 * 1024 * 1024
const calendarsPerPage = 250
/** 10 000 calendars; whoever sends more pages than that does not mean to end. */
const mostPages = 40

/** The calendars of an account. */
export function createCalendarList(request: RestRequest, endpoint: string): Pick<CalendarGateway, 'listCalendars' | 'getCalendar'> {
  const url = `${endpoint}/users/me/calendarList`

  return {
    async listCalendars({ accessToken }) {
      const operation = 'calendar.calendarList.list'
      const calendars: CalendarEntry[] = []
      let pageToken: string | undefined
      for (let page = 0; page < mostPages; page += 1) {
        const query = { maxResults: calendarsPerPage, pageToken }
        const answer = await request({ operation, method: 'GET', url, query, accessToken, capBytes: pageCap }, calendarList)
        calendars.push(...answer.items.map(describeEntry))
        pageToken = answer.nextPageToken
        if (pageToken === undefined) return calendars
      }
      throw new ProviderRefusal({ vendor: 'google', operation, httpStatus: 200, reason: 'endless_pages' })
    },

    async getCalendar({ accessToken }, calendarId) {
      const call = { operation: 'calendar.calendarList.get', method: 'GET', url: url + path`/${calendarId}`, accessToken } as const
      return describeEntry(await request(call, calendarEntry))
    },
  }
}

function describeEntry(entry: z.infer<typeof calendarEntry>): CalendarEntry {
  const { id, summary, summaryOverride, backgroundColor: color, accessRole, primary, timeZone } = entry
  return { id, name: summaryOverride ?? summary ?? id, color, accessRole, primary, timeZone: timeZone ?? null }
}
