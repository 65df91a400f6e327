import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { CalendarGateway } from '@tenantry/sdk/ports'
import { freeBusy } from './calendar-answers.ts'
import type { RestRequest } from '../rest/create-request.ts'

const answerCap = 4 * 1024 * 1024

/** When a calendar is taken. */
export function createCalendarBusy(request: RestRequest, endpoint: string): Pick<CalendarGateway, 'listBusy'> {
  return {
    async listBusy({ accessToken }, { calendarId, from, to }) {
      const operation = 'calendar.freebusy.query'
      const body = { timeMin: from, timeMax: to, items: [{ id: calendarId }] }
      const call = { operation, method: 'POST', url: `${endpoint}/freeBusy`, accessToken, body, capBytes: answerCap } as const
      const { calendars } = await request(call, freeBusy)
      const calendar = Object.hasOwn(calendars, calendarId) ? calendars[calendarId] : undefined
      if (calendar === undefined) throw new ProviderRefusal({ vendor: 'google', operation, httpStatus: 200, reason: 'unexpected_answer' })
      const reason = calendar.errors[0]?.reason
      if (reason === undefined) return calendar.busy
      // Google puts the refusal of one calendar into an answer that is well otherwise.
      throw new ProviderRefusal({ vendor: 'google', operation, httpStatus: reason === 'notFound' ? 404 : 503, reason })
    },
  }
}
