import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { checkName } from '../../elements/connection-form/index.ts'

/** In the order in which they are offered. */
export const calendarDirections = ['both', 'to_google', 'from_google'] as const

/** `from_google`: changes arrive, nothing is written. `to_google`: events are written, changes do not arrive. */
export type CalendarDirection = (typeof calendarDirections)[number]

/** What the form holds. Fields that a host adds stand beside these. */
export interface CalendarFormValues {
  name: string
  /** `primary` is the main calendar of the account, `null` one that is chosen after the sign-in. */
  calendarId: string | null
  direction: CalendarDirection
  /** How many days back events are imported at the start: 0 to 365. */
  pastDays: number
}

export const emptyCalendarValues: CalendarFormValues = { name: '', calendarId: null, direction: 'both', pastDays: 1 }

const DAYS_MAX = 365

/** Whether the server takes so many past days. */
export function isPastDays(days: unknown): days is number {
  return Number.isInteger(days) && Number(days) >= 0 && Number(days) <= DAYS_MAX
}

/** What is wrong with the values, field by field. */
export function checkCalendarValues({ name, pastDays }: CalendarFormValues): readonly FieldFailure[] {
  return [...checkName(name), ...(isPastDays(pastDays) ? [] : [{ field: 'pastDays', code: 'invalid_input' } as const])]
}

/** The settings of a new connection. */
export function toCalendarSettings({ name, calendarId, direction, pastDays }: CalendarFormValues) {
  return { name: name.trim(), calendarId, direction, pastDays }
}

/** The settings as far as they differ from the connection's; a calendar that is not chosen yet is no change. */
export function toCalendarChanges({ calendarId, direction, pastDays }: CalendarFormValues, connection: ConnectionSummary) {
  const before = readCalendarValues(connection)
  const changes = {
    ...(calendarId !== null && calendarId !== before.calendarId && { calendarId }),
    ...(direction !== before.direction && { direction }),
    ...(pastDays !== before.pastDays && { pastDays }),
  }
  return Object.keys(changes).length === 0 ? undefined : changes
}

/** Whether another calendar takes the place of one that was read so far. */
export function isSwitch({ calendarId }: CalendarFormValues, connection: ConnectionSummary): boolean {
  const before = readCalendarValues(connection).calendarId
  return before !== null && calendarId !== null && calendarId !== before
}

/** What an existing connection fills in. */
export function readCalendarValues({ name, settings }: Pick<ConnectionSummary, 'name' | 'settings'>): CalendarFormValues {
  const { calendarId, direction, pastDays } = settings
  return {
    name,
    calendarId: typeof calendarId === 'string' ? calendarId : null,
    direction: calendarDirections.find((known) => known === direction) ?? emptyCalendarValues.direction,
    pastDays: isPastDays(pastDays) ? pastDays : emptyCalendarValues.pastDays,
  }
}
