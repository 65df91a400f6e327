import type { GoogleGateway } from '../../ports/index.ts'
import type { CheckDefinition, CheckOutcome } from '../check.ts'
import type { ProviderCall } from '../provider.ts'
import { limitOf } from './limit-of.ts'
import { chosenCalendar, parseCalendarSettings } from './settings.ts'

/** The check that only a calendar connection has: its calendar is there, and the account may do with it what the direction asks for. */
export function calendarChecks(google: GoogleGateway, call: ProviderCall): CheckDefinition[] {
  return [{ id: 'calendar', needs: 'grant', run: () => checkCalendar(google, call) }]
}

async function checkCalendar(google: GoogleGateway, call: ProviderCall): Promise<CheckOutcome> {
  const settings = parseCalendarSettings(call.connection.settings)
  const calendar = await google.calendar.getCalendar({ accessToken: await call.accessToken() }, chosenCalendar(settings))
  const facts = { calendarName: calendar.name, accessRole: calendar.accessRole, direction: settings.direction, timeZone: calendar.timeZone }
  const { limit } = limitOf(settings, calendar.accessRole)
  return limit === undefined ? { facts } : { status: 'warn', code: limit.code, facts }
}
