import type { FieldFailure } from '@tenantry/sdk/errors'
import { useMemo } from 'react'
import { useGoogleProviderApp } from '../../data/use-provider-app.ts'
import { useConnections } from '../../data/use-connections.ts'
import { useProviderForm } from '../../data/oauth/use-provider-form.ts'
import { connectionFormMessages } from '../../elements/connection-form/index.ts'
import { useFieldWords } from '../../elements/failure/use-field-words.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { checkGmailValues, emptyGmailValues, readGmailValues, toGmailSettings, toLabelChanges } from './gmail-form-values.ts'
import { gmailProviderFormMessages } from './gmail-provider-form.messages.ts'
import type { GmailProviderFormProps } from './gmail-form-props.ts'

const fieldNames = { name: 'name', mailbox: 'mailbox', labelIds: 'labelIds', labels: 'labelIds' } as const

/** The form's data and actions; the only part of it that asks the server. */
export function useGmailProviderForm({
  connection,
  defaults,
  fields,
  extraSchema,
  onConnect,
  onSave,
  onError,
  messages,
}: GmailProviderFormProps) {
  const t = useMessages(gmailProviderFormMessages, messages)
  const shared = useMessages(connectionFormMessages)
  const sayFailure = useFieldWords()
  const hidesName = fields?.name === 'hide'
  const initial = useMemo(() => ({ ...emptyGmailValues, ...defaults }), [defaults])
  const model = useProviderForm({
    component: 'gmail-provider-form',
    provider: 'gmail',
    app: useGoogleProviderApp('gmail'),
    connection,
    defaults: initial,
    readValues: readGmailValues,
    check: (values) => checkGmailValues(hidesName ? { ...values, name: values.name || values.mailbox } : values),
    toSettings: (values) => toGmailSettings({ ...values, name: hidesName ? values.name || values.mailbox : values.name }),
    toChanges: toLabelChanges,
    fieldNames,
    say: (failure: FieldFailure) => {
      if (failure.code === 'name_invalid') return shared('nameProblem')
      if (failure.code === 'mailbox_invalid') return sayFailure(failure, t('mailboxProblem'))
      if (failure.code === 'connection_exists') return sayFailure(failure, t('duplicate', { name: '{name}' }))
      if (failure.field === 'labelIds' && failure.code === 'invalid_input') return t('labelsRequired')
      return sayFailure(failure)
    },
    extraSchema,
    onConnect,
    onSave,
    onError,
  })
  const typed = String(model.form.watch('mailbox')).trim().toLowerCase()
  const isDuplicate = model.form.formState.errors.mailbox?.type === 'connection_exists'
  const others = useConnections({ provider: 'gmail' }, { enabled: isDuplicate })
  const existing = isDuplicate ? others.data?.find(({ address }) => address?.toLowerCase() === typed) : undefined
  return { model, existing }
}
