import type { ConnectionSummary, GoogleSetupStatus } from '@tenantry/sdk/wire'
import type { Control, FieldErrors, UseFormRegister } from 'react-hook-form'
import { ConnectionForm, NameField } from '../../elements/connection-form/index.ts'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { GoogleAppRow } from '../../elements/google-app-row/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Field } from '../../parts/field/field.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import type { GmailFormValues } from './gmail-form-values.ts'
import { gmailProviderFormMessages } from './gmail-provider-form.messages.ts'
import type { GmailProviderFormProps } from './gmail-form-props.ts'
import { Labels } from './labels.tsx'

export interface GmailProviderFormViewProps extends GmailProviderFormProps {
  model: ConnectionFormModel<GoogleSetupStatus>
  control: Control<GmailFormValues>
  register: UseFormRegister<GmailFormValues>
  errors: FieldErrors<GmailFormValues>
  /** The connection that already serves the typed mailbox. */
  existing: ConnectionSummary | undefined
}

type Say = Translate<(typeof gmailProviderFormMessages)['messages']>

/** Gmail's fields in the frame that all connection forms share. */
export function GmailProviderFormView(props: GmailProviderFormViewProps) {
  const { model, control, register, errors, fields = {}, extraFields, messages, setupHref, onOpenSetup, onCancel } = props
  const { headingLevel, className, classNames } = props
  const t = useMessages(gmailProviderFormMessages, messages)
  const { connection } = model.server
  const words = {
    title: t('title'),
    subtitle: t('subtitle'),
    lastItem: t('lastItem'),
    instant: t('instant'),
    taskWatch: t('taskWatch'),
    notAnnounced: t('notAnnounced'),
    notLost: t('notLost'),
  }
  const frame = { setupHref, onOpenSetup, onCancel, headingLevel, className, classNames }
  return (
    <ConnectionForm
      part="gmail-provider-form"
      appRow={<GoogleAppRow service="gmail" app={model.server.app} {...(model.server.canSetUp && { setupHref, onOpenSetup })} />}
      model={model}
      words={words}
      {...frame}
    >
      {fields.name !== 'hide' && (
        <NameField
          registration={register('name')}
          error={errors.name?.message}
          readOnly={fields.name === 'readonly' || connection?.permissions.update === false}
        />
      )}
      {connection === undefined && (
        <Field label={t('mailbox')} help={t('mailboxHelp')} error={errors.mailbox && <MailboxProblem {...props} t={t} />}>
          <TextInput {...register('mailbox')} type="email" dir="ltr" autoComplete="off" spellCheck={false} placeholder="support@acme.com" />
        </Field>
      )}
      {fields.labels !== 'hide' && (
        <Labels
          connection={connection}
          control={control}
          readOnly={fields.labels === 'readonly' || connection?.permissions.update === false}
          t={t}
        />
      )}
      {extraFields?.({ control })}
    </ConnectionForm>
  )
}

function MailboxProblem({ errors, existing, onOpenExisting, t }: GmailProviderFormViewProps & { t: Say }) {
  return (
    <>
      {errors.mailbox?.message}{' '}
      {existing && onOpenExisting && (
        <Button size="sm" onClick={() => onOpenExisting(existing)}>
          {t('openIt')}
        </Button>
      )}
    </>
  )
}
