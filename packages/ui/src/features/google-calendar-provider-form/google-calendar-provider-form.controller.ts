import type { FieldFailure } from '@tenantry/sdk/errors'
import { useMemo } from 'react'
import { useProviderForm } from '../../data/oauth/use-provider-form.ts'
import { connectionFormMessages } from '../../elements/connection-form/index.ts'
import { useFailureWords } from '../../elements/failure/use-failure-words.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { checkCalendarValues, emptyCalendarValues, readCalendarValues, toCalendarSettings } from './calendar-form-values.ts'
import type { GoogleCalendarProviderFormProps } from './calendar-form-props.ts'

const fieldNames = { name: 'name' } as const

/** The form's data and actions; the only part of it that asks the server. */
export function useGoogleCalendarProviderForm(props: GoogleCalendarProviderFormProps) {
  const { connection, defaults, extraSchema, onConnect, onSave, onError } = props
  const shared = useMessages(connectionFormMessages)
  const sayFailure = useFailureWords()
  const initial = useMemo(() => ({ ...emptyCalendarValues, ...defaults }), [defaults])
  return useProviderForm({
    component: 'google-calendar-provider-form',
    provider: 'google-calendar',
    service: 'calendar',
    connection,
    defaults: initial,
    readValues: readCalendarValues,
    check: checkCalendarValues,
    toSettings: toCalendarSettings,
    fieldNames,
    say: (failure: FieldFailure) => {
      if (failure.code === 'name_invalid') return shared('nameProblem')
      const { title, remedy } = sayFailure(failure)
      return `${title}. ${remedy}`
    },
    extraSchema,
    onConnect,
    onSave,
    onError,
  })
}
