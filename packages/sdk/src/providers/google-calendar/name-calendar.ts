import type { GoogleGateway } from '../../ports/index.ts'
import type { OpenedSubscription, ProviderCall } from '../provider.ts'
import { chosenCalendar, parseCalendarSettings } from './settings.ts'

/**
 * The calendar's own id and name, for people; `primary` means another calendar in every account. @throws `calendar_not_chosen`, ProviderRefusal with
 * status 404 when it is not in the account's list
 */
export async function nameCalendar(google: GoogleGateway, call: ProviderCall): Promise<Pick<OpenedSubscription, 'settings'>> {
  const settings = parseCalendarSettings(call.connection.settings)
  const { id, name } = await google.calendar.getCalendar({ accessToken: await call.accessToken() }, chosenCalendar(settings))
  if (settings.calendarId === id && settings.calendarName === name) return {}
  return { settings: { ...settings, calendarId: id, calendarName: name } }
}
