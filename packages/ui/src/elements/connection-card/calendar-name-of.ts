import type { ConnectionSummary } from '@tenantry/sdk/wire'

/** A calendar's name as Google showed it last, else its id; `null` when none is chosen. Google names an account's main calendar by its address. */
export function calendarNameOf({ settings, address }: ConnectionSummary, mainCalendar: string): string | null {
  const { calendarId, calendarName } = settings
  if (typeof calendarId !== 'string') return null
  if (calendarId === 'primary' || calendarId === address) return mainCalendar
  return typeof calendarName === 'string' && calendarName !== '' ? calendarName : calendarId
}
