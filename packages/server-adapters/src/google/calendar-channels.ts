import type { CalendarGateway } from '@tenantry/sdk/ports'
import { channel, nothing } from './calendar-answers.ts'
import type { RestRequest } from '../rest/create-request.ts'
import { nullWhenMissing } from './null-when-missing.ts'
import { path } from '../rest/path.ts'

/** Push channels of a calendar. */
export function createCalendarChannels(request: RestRequest, endpoint: string): Pick<CalendarGateway, 'watchEvents' | 'stopChannel'> {
  return {
    async watchEvents({ accessToken }, { calendarId, channelId, token, address, ttlSeconds }) {
      const url = endpoint + path`/calendars/${calendarId}/events/watch`
      const body = { id: channelId, type: 'web_hook', address, token, params: { ttl: String(ttlSeconds) } }
      return request({ operation: 'calendar.events.watch', method: 'POST', url, accessToken, body }, channel)
    },

    async stopChannel({ accessToken }, { channelId: id, resourceId }) {
      const operation = 'calendar.channels.stop'
      const call = { operation, method: 'POST', url: `${endpoint}/channels/stop`, accessToken, body: { id, resourceId } } as const
      await nullWhenMissing(operation, request(call, nothing))
    },
  }
}
