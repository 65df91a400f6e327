import { TenantryError } from '../../errors/index.ts'

export interface CalendarSettings {
  /** Google's calendar id; `primary` is the account's main calendar. */
  readonly calendarId: string
}

/** @throws `invalid_input` with the field */
export function parseCalendarSettings(input: Readonly<Record<string, unknown>>): CalendarSettings {
  const unknown = Object.keys(input).find((name) => name !== 'calendarId')
  if (unknown !== undefined) throw new TenantryError('invalid_input', { field: 'settings' })
  const calendarId = input['calendarId'] ?? 'primary'
  if (typeof calendarId !== 'string' || !/^[\x21-\x7E]{1,320}$/.test(calendarId))
    throw new TenantryError('invalid_input', { field: 'calendarId' })
  return { calendarId }
}
