import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { CalendarGateway } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import { calendar, calendarList, channel, eventList, nothing } from './calendar-answers.ts'
import type { GoogleRequest } from './create-request.ts'
import { nullWhenMissing } from './null-when-missing.ts'
import { path } from './path.ts'

const mebibyte = 1024 * 1024
const pageCap = 16 * mebibyte
const calendarsPerPage = 250
/** 10 000 calendars; whoever sends more pages than that does not mean to end. */
const mostPages = 40

/** The Calendar API. Source: developers.google.com/workspace/calendar/api/v3/reference. */
export function createCalendar(request: GoogleRequest, endpoint: string): CalendarGateway {
  return {
    async listCalendars({ accessToken }) {
      const operation = 'calendar.calendarList.list'
      const calendars: ReturnType<typeof describeCalendar>[] = []
      let pageToken: string | undefined
      for (let page = 0; page < mostPages; page += 1) {
        const query = { maxResults: calendarsPerPage, pageToken }
        const url = `${endpoint}/users/me/calendarList`
        const answer = await request({ operation, method: 'GET', url, query, accessToken, capBytes: pageCap }, calendarList)
        calendars.push(...answer.items.map(describeCalendar))
        pageToken = answer.nextPageToken
        if (pageToken === undefined) return calendars
      }
      throw new ProviderRefusal({ vendor: 'google', operation, httpStatus: 200, reason: 'unexpected_answer' })
    },

    async getCalendar({ accessToken }, calendarId) {
      const url = endpoint + path`/calendars/${calendarId}`
      const { id, summary, timeZone } = await request({ operation: 'calendar.calendars.get', method: 'GET', url, accessToken }, calendar)
      return { id, name: summary ?? id, timeZone: timeZone ?? null }
    },

    async listEvents({ accessToken }, { calendarId, syncToken, pageToken, timeMin, maxResults }) {
      const url = endpoint + path`/calendars/${calendarId}/events`
      // A sync token holds only while all other parameters stay as they were, so there are no further ones.
      const query = { syncToken, pageToken, timeMin, maxResults }
      const page = await request(
        { operation: 'calendar.events.list', method: 'GET', url, query, accessToken, capBytes: pageCap },
        eventList,
      )
      return { events: page.items, nextPageToken: page.nextPageToken ?? null, nextSyncToken: page.nextSyncToken ?? null }
    },

    async watchEvents({ accessToken }, { calendarId, channelId, token, address, ttlSeconds }) {
      const url = endpoint + path`/calendars/${calendarId}/events/watch`
      const body = { id: channelId, type: 'web_hook', address, token, params: { ttl: String(ttlSeconds) } }
      const answer = await request({ operation: 'calendar.events.watch', method: 'POST', url, accessToken, body }, channel)
      return { resourceId: answer.resourceId, expiresAt: answer.expiration }
    },

    async stopChannel({ accessToken }, { channelId: id, resourceId }) {
      const operation = 'calendar.channels.stop'
      const call = { operation, method: 'POST', url: `${endpoint}/channels/stop`, accessToken, body: { id, resourceId } } as const
      await nullWhenMissing(operation, request(call, nothing))
    },
  }
}

function describeCalendar(item: z.infer<typeof calendarList>['items'][number]) {
  const { id, summary, summaryOverride, backgroundColor, accessRole, primary, timeZone } = item
  return { id, name: summaryOverride ?? summary ?? id, color: backgroundColor ?? null, accessRole, primary, timeZone: timeZone ?? null }
}
