import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useMemo, useState } from 'react'
import { useGoogleProviderApp } from '../../data/use-provider-app.ts'
import { useProviderForm } from '../../data/oauth/use-provider-form.ts'
import { connectionFormMessages } from '../../elements/connection-form/index.ts'
import { useFieldWords } from '../../elements/failure/use-field-words.ts'
import { useMessages } from '../../locales/use-messages.ts'
import {
  calendarDirections,
  checkCalendarValues,
  emptyCalendarValues,
  isSwitch,
  readCalendarValues,
  toCalendarChanges,
  toCalendarSettings,
} from './calendar-form-values.ts'
import type { CalendarFormValues } from './calendar-form-values.ts'
import type { GoogleCalendarProviderFormProps } from './calendar-form-props.ts'
import { googleCalendarProviderFormMessages } from './google-calendar-provider-form.messages.ts'

const fieldNames = { name: 'name', calendarId: 'calendarId', direction: 'direction', pastDays: 'pastDays' } as const

/** Another calendar that waits for the person's word. */
export interface AskedSwitch {
  readonly connection: ConnectionSummary
  readonly values: CalendarFormValues
  readonly answer: (isWanted: boolean) => void
}

/** The form's data and actions; the only part of it that asks the server. */
export function useGoogleCalendarProviderForm(props: GoogleCalendarProviderFormProps) {
  const { connection, defaults, directions = calendarDirections, extraSchema, messages, onConnect, onSave, onError } = props
  const t = useMessages(googleCalendarProviderFormMessages, messages)
  const shared = useMessages(connectionFormMessages)
  const sayFailure = useFieldWords()
  const [asked, setAsked] = useState<AskedSwitch | null>(null)
  const initial = useMemo(() => {
    const direction = calendarDirections.find((known) => directions.includes(known)) ?? emptyCalendarValues.direction
    return { ...emptyCalendarValues, direction, ...defaults }
  }, [defaults, directions])
  const ask = (values: CalendarFormValues, current: ConnectionSummary) =>
    new Promise<boolean>((resolve) => {
      const answer = (isWanted: boolean) => {
        setAsked(null)
        resolve(isWanted)
      }
      setAsked({ connection: current, values, answer })
    })
  const model = useProviderForm({
    component: 'google-calendar-provider-form',
    provider: 'google-calendar',
    app: useGoogleProviderApp('calendar'),
    connection,
    defaults: initial,
    readValues: readCalendarValues,
    check: checkCalendarValues,
    toSettings: toCalendarSettings,
    toChanges: toCalendarChanges,
    beforeSave: async (values, current) => !isSwitch(values, current) || ask(values, current),
    fieldNames,
    say: (failure: FieldFailure) => {
      if (failure.code === 'name_invalid') return shared('nameProblem')
      if (failure.field === 'pastDays') return t('pastDaysProblem')
      return sayFailure(failure)
    },
    extraSchema,
    onConnect,
    onSave,
    onError,
  })
  return { model, asked }
}
