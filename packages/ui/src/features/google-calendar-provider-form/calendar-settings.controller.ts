import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useEffect } from 'react'
import { useController, useWatch } from 'react-hook-form'
import type { Control } from 'react-hook-form'
import { calendarDirections, readCalendarValues } from './calendar-form-values.ts'
import type { CalendarDirection, CalendarFormValues } from './calendar-form-values.ts'
import { useCalendars } from './use-calendars.ts'

/** The account's calendars, which one is chosen, and which directions it allows. */
export function useCalendarSettings(
  connection: ConnectionSummary,
  control: Control<CalendarFormValues>,
  offered: readonly CalendarDirection[] = calendarDirections,
) {
  const saved = readCalendarValues(connection)
  const found = useCalendars(connection, saved.calendarId, offered)
  const calendar = useController({ control, name: 'calendarId' })
  const direction = useController({ control, name: 'direction' })
  const pastDays = useWatch({ control, name: 'pastDays' })
  const chosen = found.calendars?.find(({ value }) => value === calendar.field.value)
  const main = found.calendars?.find(({ isMain, obstacle }) => isMain && obstacle === null)?.value

  // Nothing is imported until the person saves: this only spares a click.
  const preselected = calendar.field.value === null ? main : undefined
  const mustOnlyRead = chosen?.access === 'read' && direction.field.value !== 'from_google' && offered.includes('from_google')
  useEffect(() => {
    if (preselected !== undefined) calendar.field.onChange(preselected)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [preselected])
  useEffect(() => {
    if (mustOnlyRead) direction.field.onChange('from_google')
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [mustOnlyRead])

  return {
    ...found,
    calendar,
    direction,
    pastDays,
    chosen,
    directions: calendarDirections.filter((known) => offered.includes(known) || known === saved.direction),
    choose(value: string) {
      const next = found.calendars?.find((option) => option.value === value)
      calendar.field.onChange(value)
      calendar.field.onBlur()
      // What a calendar that can only be viewed had forced goes away with it.
      if (chosen?.access === 'read' && next?.access === 'write') direction.field.onChange(saved.direction)
    },
  }
}
