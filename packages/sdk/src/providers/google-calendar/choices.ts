import type { CalendarAccessRole, GoogleGateway } from '../../ports/index.ts'
import type { Choice } from '../choice.ts'
import type { ProviderCall } from '../provider.ts'

const access: Record<CalendarAccessRole, Choice['access']> = {
  owner: 'write',
  writer: 'write',
  reader: 'read',
  freeBusyReader: 'busy',
  none: 'busy',
}

/** The calendars in the account's list, the main one first, the others by name. */
export async function listCalendarChoices(google: GoogleGateway, call: ProviderCall): Promise<{ calendarId: Choice[] }> {
  const calendars = await google.calendar.listCalendars({ accessToken: await call.accessToken() })
  const ordered = calendars.toSorted((left, right) => Number(right.primary) - Number(left.primary) || (left.name < right.name ? -1 : 1))
  return {
    calendarId: ordered.map(({ id, name, color, accessRole, primary, timeZone }) => ({
      id,
      name,
      kind: primary ? 'system' : 'user',
      detail: timeZone,
      color,
      access: access[accessRole],
    })),
  }
}
