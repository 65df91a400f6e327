import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useEffect, useMemo } from 'react'
import type { ConnectSettings } from '../../data/oauth/oauth-setting.ts'
import { useProviderForm } from '../../data/oauth/use-provider-form.ts'
import { useMicrosoftProviderApp } from '../../data/use-provider-app.ts'
import { connectionFormMessages } from '../../elements/connection-form/index.ts'
import { useFieldWords } from '../../elements/failure/use-field-words.ts'
import { useMessages } from '../../locales/use-messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { checkMailboxValues, readMailboxValues, readSwitch, toMailboxSettings } from './mailbox-form-values.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import { isPreset, readTransports } from './transport.ts'

const fieldNames = {
  name: 'name',
  mailbox: 'upn',
  send: 'transport',
  receive: 'transport',
  app: 'app',
  oversize: 'oversize',
  upn: 'upn',
  transport: 'transport',
} as const

/** The form's data and actions; the only part of it that asks the server. */
export function useSharedMailboxForm(props: MicrosoftSharedMailboxFormProps) {
  const { connection, defaults, onConnect, onSave, onError, messages } = props
  const t = useMessages(microsoftSharedMailboxFormMessages, messages)
  const shared = useMessages(connectionFormMessages)
  const sayFailure = useFieldWords()
  const own = useMicrosoftProviderApp()
  const status = own.query.data
  const transports = readTransports(props.transports, status)
  // Nobody has to choose between one, whatever stands under Advanced.
  const usual = transports.filter(isPreset)
  const [first, ...others] = usual.length > 0 ? usual : transports
  const only = others.length === 0 ? (first ?? null) : null
  const initial = useMemo<SharedMailboxValues>(
    () => ({ name: '', upn: '', transport: only, app: 'own', oversize: 'refuse', ...defaults }),
    [defaults, only],
  )
  const toSwitch = (values: SharedMailboxValues, current: ConnectionSummary) => {
    const change = readSwitch(values, current, status)
    return change?.needsSignIn ? change.settings : undefined
  }
  const model = useProviderForm({
    component: 'microsoft-shared-mailbox-form',
    provider: 'microsoft-shared-mailbox',
    app: own,
    connection,
    defaults: initial,
    readValues: readMailboxValues,
    check: (values) => checkMailboxValues(values, connection === undefined),
    toSettings: (values) => toMailboxSettings(values, status),
    toChanges(values, current) {
      const change = readSwitch(values, current, status)
      return change === null || change.needsSignIn ? undefined : change.settings
    },
    toSwitch,
    fieldNames,
    say: (failure: FieldFailure) => {
      if (failure.code === 'name_invalid') return shared('nameProblem')
      if (failure.code === 'mailbox_invalid') return sayFailure(failure, t('upnProblem'))
      if (failure.code === 'connection_exists') return sayFailure(failure, t('duplicate', { name: '{name}' }))
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
  const { server } = model
  return {
    model: {
      ...model,
      // The host's app needs nothing of the tenant's setup, and nobody here can mend it.
      server: form.watch('app') === 'host' ? { ...server, setup: 'ready' as const, canSetUp: false } : server,
      // Also where the button for it stands in a notice, what was chosen is what is signed in for.
      reconnect: (settings?: ConnectSettings) =>
        model.reconnect(settings ?? (server.connection && toSwitch(form.getValues(), server.connection))),
    },
    transports,
  }
}
