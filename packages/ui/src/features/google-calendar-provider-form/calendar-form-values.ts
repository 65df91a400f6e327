import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { checkName } from '../../elements/connection-form/index.ts'

/** What the form holds. Fields that a host adds stand beside these. */
export interface CalendarFormValues {
  name: string
  /** `primary`: the main calendar of the account. */
  calendarId: string
}

export const emptyCalendarValues: CalendarFormValues = { name: '', calendarId: 'primary' }

/** What is wrong with the values, field by field. */
export function checkCalendarValues({ name }: CalendarFormValues): readonly FieldFailure[] {
  return checkName(name)
}

/** The settings of a new connection. */
export function toCalendarSettings({ name, calendarId }: CalendarFormValues) {
  return { name: name.trim(), calendarId }
}

/** What an existing connection fills in. */
export function readCalendarValues({ name, settings }: ConnectionSummary): CalendarFormValues {
  const { calendarId } = settings
  return { name, calendarId: typeof calendarId === 'string' ? calendarId : emptyCalendarValues.calendarId }
}
