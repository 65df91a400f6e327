import { TenantryError } from '../../errors/index.ts'

export const calendarDirections = ['both', 'to_google', 'from_google'] as const

/** `from_google`: changes arrive, nothing is written. `to_google`: events are written, changes do not arrive. */
export type CalendarDirection = (typeof calendarDirections)[number]

export interface CalendarSettings {
  /** Google's calendar id; `primary` is the account's main calendar, `null` one that is chosen after the sign-in. Default `primary`. */
  readonly calendarId: string | null
  /** Default `both`. */
  readonly direction: CalendarDirection
  /** How many days back events are imported at the start, 0 to 365; later ones always are. Default 1. */
  readonly pastDays: number
  /** As Google showed it last; kept by us, and for people only. `null` before that. */
  readonly calendarName: string | null
}

const names = ['calendarId', 'direction', 'pastDays', 'calendarName']

/** @throws `invalid_input` with the field */
export function parseCalendarSettings(input: Readonly<Record<string, unknown>>): CalendarSettings {
  const unknown = Object.keys(input).find((name) => !names.includes(name))
  if (unknown !== undefined) throw new TenantryError('invalid_input', { field: 'settings' })
  const { calendarId = 'primary', direction = 'both', pastDays = 1, calendarName = null } = input
  if (calendarId !== null && (typeof calendarId !== 'string' || !/^[\x21\x23-\x5B\x5D-\x7E]{1,320}$/.test(calendarId)))
    throw new TenantryError('invalid_input', { field: 'calendarId' })
  if (!isDirection(direction)) throw new TenantryError('invalid_input', { field: 'direction' })
  if (typeof pastDays !== 'number' || !Number.isInteger(pastDays) || pastDays < 0 || pastDays > 365)
    throw new TenantryError('invalid_input', { field: 'pastDays' })
  if (calendarName !== null && typeof calendarName !== 'string') throw new TenantryError('invalid_input', { field: 'calendarName' })
  return { calendarId, direction, pastDays, calendarName: calendarName?.slice(0, 256) ?? null }
}

/** @throws `calendar_not_chosen` */
export function chosenCalendar({ calendarId }: Pick<CalendarSettings, 'calendarId'>): string {
  if (calendarId === null) throw new TenantryError('calendar_not_chosen', { field: 'calendarId' })
  return calendarId
}

const isDirection = (value: unknown): value is CalendarDirection => calendarDirections.some((direction) => direction === value)
