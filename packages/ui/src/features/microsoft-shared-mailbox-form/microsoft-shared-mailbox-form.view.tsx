import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useController } from 'react-hook-form'
import type { Control, FieldErrors, UseFormRegister } from 'react-hook-form'
import { AppRow } from '../../elements/app-row/index.ts'
import { ConnectionForm, NameField } from '../../elements/connection-form/index.ts'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Field } from '../../parts/field/field.tsx'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { AppField, BeforeYouStart } from './later-choices.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { appOf } from './mailbox-form-values.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import { ConsentLink, mailboxWayOut } from './mailbox-way-out.tsx'
import { TransportField } from './transport-field.tsx'
import { sendsOnly, showTransports, transportOf } from './transport.ts'
import type { MsTransport } from './transport.ts'

export interface MicrosoftSharedMailboxFormViewProps extends MicrosoftSharedMailboxFormProps {
  model: ConnectionFormModel<MicrosoftSetupStatus>
  control: Control<SharedMailboxValues>
  register: UseFormRegister<SharedMailboxValues>
  errors: FieldErrors<SharedMailboxValues>
  /** Ways that can be chosen, with those that are in force or chosen. */
  offered: readonly MsTransport[]
  /** Proves that the mailbox may be sent from. */
  testMessage: ReactNode
}

/** The shared mailbox's fields in the frame that all connection forms share. */
export function MicrosoftSharedMailboxFormView(props: MicrosoftSharedMailboxFormViewProps) {
  const { model, control, register, errors, offered, testMessage, messages, setupHref, onOpenSetup, onCancel } = props
  const { defaults, headingLevel, className, classNames } = props
  const t = useMessages(microsoftSharedMailboxFormMessages, messages)
  const transport = useController({ control, name: 'transport' }).field
  const whose = useController({ control, name: 'app' }).field
  const { connection, app, canSetUp } = model.server
  const mailbox = connection?.settings['mailbox']
  const hostApp = app?.hostApp ?? null
  const pinned = connection && appOf(connection)
  const isOnHostApp = whose.value === 'host'
  const consentUrl = (isOnHostApp ? hostApp?.adminConsentUrl : (props.adminConsentUrl ?? app?.adminConsentUrl)) ?? null
  const person = connection?.address ?? null
  const inForce = connection ? transportOf(connection.settings) : (defaults?.transport ?? null)
  // Nobody signs in for an app that acts for itself.
  const isApp = inForce === 'graph_webhook'
  const words = {
    title: t('title'),
    subtitle: t('subtitle'),
    connect: t('connect'),
    identity: person === null || isApp || typeof mailbox !== 'string' ? undefined : t.rich('signedInAs', { person, mailbox }),
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
          text={isOnHostApp ? t('hostApp') : client === null ? t('unnamedApp') : t.rich('app', { client })}
          open={t('setup')}
          {...(canSetUp && { setupHref, onOpenSetup })}
        />
      }
      appField={
        (hostApp !== null || isOnHostApp || pinned === 'host') && (
          <Suspense fallback={<Skeleton shape="block" />}>
            <AppField
              app={whose}
              error={errors.app?.message}
              isSwitching={pinned !== undefined && pinned !== whose.value}
              readOnly={readOnly}
              messages={messages}
            />
          </Suspense>
        )
      }
      model={model}
      words={words}
      wayOut={(code) => mailboxWayOut({ code, model, offered, consentUrl, messages, t })}
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
        {...props}
        transport={transport}
        offered={showTransports(offered, { isOnHostApp, kept: [connection ? inForce : null, transport.value] })}
        relayName={props.relayName ?? app?.relayName ?? t('relay')}
        inForce={inForce}
        sendsOnly={connection !== undefined && sendsOnly(connection)}
        isSwitching={model.needsSignIn && (pinned === undefined || pinned === whose.value)}
        readOnly={readOnly}
        t={t}
      />
      {(connection === undefined || model.needsSignIn) && (
        <Suspense fallback={<Skeleton shape="block" />}>
          <BeforeYouStart
            model={model}
            transport={transport.value}
            app={whose.value}
            consent={consentUrl !== null && <ConsentLink url={consentUrl} t={t} />}
            messages={messages}
          />
        </Suspense>
      )}
    </ConnectionForm>
  )
}
