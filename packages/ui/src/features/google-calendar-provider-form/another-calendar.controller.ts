import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useConnectAnother } from '../../data/use-connect-another.ts'
import { checkName } from '../../elements/connection-form/index.ts'
import { readCalendarValues, toCalendarSettings } from './calendar-form-values.ts'
import type { CalendarDirection, CalendarFormValues } from './calendar-form-values.ts'
import { useCalendars } from './use-calendars.ts'

/** One more connection of an account: what was typed and chosen, and the request. */
export function useAnotherCalendar(
  connection: ConnectionSummary,
  directions: readonly CalendarDirection[] | undefined,
  onMade: (made: { connection: ConnectionSummary; values: CalendarFormValues }) => void,
) {
  const found = useCalendars(connection, null, directions)
  const { run, isPending, error } = useConnectAnother(connection.id)
  const [name, setName] = useState('')
  const [calendarId, setCalendarId] = useState<string | null>(null)
  const [wasSent, setWasSent] = useState(false)
  const nameProblem = checkName(name).length > 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // The form of the connection stands around this one.
    event.stopPropagation()
    setWasSent(true)
    if (nameProblem || calendarId === null || isPending) return
    const { direction, pastDays } = readCalendarValues(connection)
    const canWrite = found.calendars?.find(({ value }) => value === calendarId)?.access !== 'read'
    const values: CalendarFormValues = { name: name.trim(), calendarId, direction: canWrite ? direction : 'from_google', pastDays }
    try {
      onMade({ connection: await run({ settings: toCalendarSettings(values) }), values })
    } catch {
      // Stands in `sendError`.
    }
  }
  return {
    ...found,
    name,
    setName,
    calendarId,
    setCalendarId,
    nameProblem: wasSent && nameProblem,
    calendarProblem: wasSent && calendarId === null ? found.t('chooseOne') : undefined,
    isSending: isPending,
    sendError: error,
    submit: (event: FormEvent) => void submit(event),
  }
}
