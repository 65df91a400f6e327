import type { FieldFailure } from '@tenantry/sdk/errors'
import { useEffect, useMemo } from 'react'
import { useProviderForm } from '../../data/oauth/use-provider-form.ts'
import { useMicrosoftProviderApp } from '../../data/use-provider-app.ts'
import { connectionFormMessages } from '../../elements/connection-form/index.ts'
import { useFieldWords } from '../../elements/failure/use-field-words.ts'
import { useMessages } from '../../locales/use-messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { checkMailboxValues, readMailboxValues, readSwitch, toMailboxSettings } from './mailbox-form-values.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import { needsSignIn, readTransports, toPair, transports as all } from './transport.ts'

const fieldNames = { name: 'name', mailbox: 'upn', send: 'transport', receive: 'transport', upn: 'upn', transport: 'transport' } as const

/** The form's data and actions; the only part of it that asks the server. */
export function useSharedMailboxForm(props: MicrosoftSharedMailboxFormProps) {
  const { connection, defaults, onConnect, onSave, onError, messages } = props
  const t = useMessages(microsoftSharedMailboxFormMessages, messages)
  const shared = useMessages(connectionFormMessages)
  const sayFailure = useFieldWords()
  const app = useMicrosoftProviderApp()
  const status = app.query.data
  const transports = readTransports(props.transports ?? all, status)
  // Nobody has to choose between one.
  const only = transports.length === 1 ? (transports[0] ?? null) : null
  const initial = useMemo<SharedMailboxValues>(() => ({ name: '', upn: '', transport: only, ...defaults }), [defaults, only])
  const model = useProviderForm({
    component: 'microsoft-shared-mailbox-form',
    provider: 'microsoft-shared-mailbox',
    app,
    connection,
    defaults: initial,
    readValues: readMailboxValues,
    check: (values) => checkMailboxValues(values, connection === undefined),
    toSettings: toMailboxSettings,
    toChanges(values, current) {
      const to = readSwitch(values, current)
      return to === null || needsSignIn(status, current, to) ? undefined : { ...toPair(to) }
    },
    toSwitch(values, current) {
      const to = readSwitch(values, current)
      return to !== null && needsSignIn(status, current, to) ? { ...toPair(to) } : undefined
    },
    fieldNames,
    say: (failure: FieldFailure) => {
      if (failure.code === 'name_invalid') return shared('nameProblem')
      if (failure.code === 'mailbox_invalid') return t('upnProblem')
      if (failure.code === 'connection_exists') return t('duplicate', { name: failure.values?.['name'] ?? '…' })
      if (failure.field === 'transport' && failure.code === 'invalid_input') return t('transportRequired')
      return sayFailure(failure)
    },
    extraSchema: undefined,
    onConnect,
    onSave,
    onError,
  })
  const { form } = model
  // What is offered comes after the form's defaults.
  useEffect(() => {
    if (connection === undefined && only !== null && form.getValues('transport') === null)
      form.resetField('transport', { defaultValue: only })
  }, [connection, only, form])
  return { model, transports }
}
