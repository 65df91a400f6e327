import type { GoogleGateway } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'
import { chosenCalendar, parseCalendarSettings } from './settings.ts'

/** The chosen calendar by its own id: `primary` is looked up until it is written down. @throws `calendar_not_chosen`, ProviderRefusal */
export async function ownCalendarId(google: GoogleGateway, call: ProviderCall): Promise<string> {
  const calendarId = chosenCalendar(parseCalendarSettings(call.connection.settings))
  if (calendarId !== 'primary') return calendarId
  return (await google.calendar.getCalendar({ accessToken: await call.accessToken() }, calendarId)).id
}
