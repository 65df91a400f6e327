import { useMessages } from '../../locales/use-messages.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { mailboxChoicesMessages } from './mailbox-choices.messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import type { WhoseApp } from './mailbox-form-values.ts'

export interface AppFieldProps {
  app: { readonly value: WhoseApp; readonly onChange: (value: WhoseApp) => void }
  error: string | undefined
  /** A connection is pinned to the other one. */
  isSwitching: boolean
  readOnly: boolean
  messages: MicrosoftSharedMailboxFormProps['messages']
}

/** Whose app signs in. Neither ever stands in for the other. */
export function AppField({ app, error, isSwitching, readOnly, messages }: AppFieldProps) {
  const t = useMessages(mailboxChoicesMessages, messages)
  return (
    <>
      <RadioGroup
        legend={t('whoseApp')}
        options={[
          { value: 'own', label: t.rich('ownApp'), description: t('ownAppHelp') },
          { value: 'host', label: t.rich('hostApp'), description: t('hostAppHelp') },
        ]}
        value={app.value}
        onChange={app.onChange}
        disabled={readOnly}
        {...(error !== undefined && { error })}
      />
      {isSwitching && (
        <Callout tone="info" live="status">
          {t('switchingApp')}
        </Callout>
      )}
    </>
  )
}
