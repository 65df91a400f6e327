import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useController } from 'react-hook-form'
import type { Control, FieldErrors, UseFormRegister } from 'react-hook-form'
import { AppRow } from '../../elements/app-row/index.ts'
import { ConnectionForm, NameField } from '../../elements/connection-form/index.ts'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Field } from '../../parts/field/field.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { BeforeYouStart } from './before-you-start.tsx'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import { mailboxWayOut } from './mailbox-way-out.tsx'
import { TransportField } from './transport-field.tsx'
import { sendsOnly, transportOf } from './transport.ts'
import type { MsTransport } from './transport.ts'

export interface MicrosoftSharedMailboxFormViewProps extends MicrosoftSharedMailboxFormProps {
  model: ConnectionFormModel<MicrosoftSetupStatus>
  control: Control<SharedMailboxValues>
  register: UseFormRegister<SharedMailboxValues>
  errors: FieldErrors<SharedMailboxValues>
  /** Ways that can be chosen. */
  offered: readonly MsTransport[]
  /** Proves that the mailbox may be sent from. */
  testMessage: ReactNode
}

/** The shared mailbox's fields in the frame that all connection forms share. */
export function MicrosoftSharedMailboxFormView(props: MicrosoftSharedMailboxFormViewProps) {
  const { model, control, register, errors, offered, testMessage, messages, setupHref, onOpenSetup, onCancel } = props
  const { headingLevel, className, classNames } = props
  const t = useMessages(microsoftSharedMailboxFormMessages, messages)
  const transport = useController({ control, name: 'transport' }).field
  const { connection, app, canSetUp } = model.server
  const mailbox = connection?.settings['mailbox']
  const consentUrl = props.adminConsentUrl ?? app?.adminConsentUrl ?? null
  const person = connection?.address ?? null
  const words = {
    title: t('title'),
    subtitle: t('subtitle'),
    connect: t('connect'),
    identity: person === null || typeof mailbox !== 'string' ? undefined : t('signedInAs', { person, mailbox }),
    lastItem: t('lastItem'),
    instant: t('instant'),
    taskWatch: t('taskWatch'),
    notAnnounced: t('notAnnounced'),
    notLost: t('notLost'),
  }
  const client = app?.maskedClientId ?? null
  const frame = { setupHref, onOpenSetup, onCancel, headingLevel, className, classNames }
  const readOnly = connection?.permissions.update === false
  return (
    <ConnectionForm
      part="microsoft-shared-mailbox-form"
      appRow={
        <AppRow
          text={client === null ? t('unnamedApp') : t.rich('app', { client })}
          open={t('setup')}
          {...(canSetUp && { setupHref, onOpenSetup })}
        />
      }
      model={model}
      words={words}
      wayOut={(code) => mailboxWayOut({ code, model, offered, consentUrl, t })}
      extraActions={testMessage}
      {...frame}
    >
      <NameField registration={register('name')} error={errors.name?.message} readOnly={readOnly} />
      {connection === undefined && (
        <Field label={t('upn')} help={t('upnHelp')} error={errors.upn?.message}>
          <TextInput {...register('upn')} type="email" dir="ltr" autoComplete="off" spellCheck={false} placeholder="sales@acme.com" />
        </Field>
      )}
      <TransportField
        transport={transport}
        offered={offered}
        relayName={props.relayName ?? app?.relayName ?? t('relay')}
        error={errors.transport?.message}
        isOther={connection !== undefined && transport.value === null}
        sendsOnly={connection && sendsOnly(connection) ? transportOf(connection.settings) : null}
        isSwitching={model.needsSignIn}
        readOnly={readOnly}
        t={t}
      />
      {(connection === undefined || model.needsSignIn) && (
        <BeforeYouStart model={model} needsSendAs={transport.value !== 'imap_relay'} consentUrl={consentUrl} t={t} />
      )}
    </ConnectionForm>
  )
}
