import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { useController } from 'react-hook-form'
import type { Control, FieldErrors } from 'react-hook-form'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { mailboxChoicesMessages } from './mailbox-choices.messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { oversizeOf, readOversize } from './mailbox-form-values.ts'
import type { SharedMailboxValues } from './mailbox-form-values.ts'
import { OversizeField } from './oversize-field.tsx'
import { isPreset } from './transport.ts'
import type { AdvancedTransport, MsTransport } from './transport.ts'

export interface AdvancedTransportsProps {
  model: ConnectionFormModel<MicrosoftSetupStatus>
  control: Control<SharedMailboxValues>
  errors: FieldErrors<SharedMailboxValues>
  defaults?: Partial<SharedMailboxValues>
  transport: { readonly value: MsTransport | null; readonly onChange: (value: MsTransport) => void }
  offered: readonly MsTransport[]
  /** Of the connection, or what a new form starts with. */
  inForce: MsTransport | null
  readOnly: boolean
  messages?: MicrosoftSharedMailboxFormProps['messages']
}

/** What few organizations need: further ways to send and receive, and SMTP beside Graph. Nothing where neither can be had. */
export function AdvancedTransports(props: AdvancedTransportsProps) {
  const { model, control, errors, transport, offered, inForce, defaults, readOnly, messages } = props
  const t = useMessages(mailboxChoicesMessages, messages)
  const { field: oversize } = useController({ control, name: 'oversize' })
  const { connection, app } = model.server
  const ways = offered.filter((value): value is AdvancedTransport => !isPreset(value))
  const isOnlyWay = ways.length === offered.length
  const isOversize = (connection ? oversizeOf(connection) : defaults?.oversize) === 'smtp'
  // Whoever may not read the setup is shown what is in force, and offered nothing.
  const takesOversize =
    (app !== undefined || isOversize) && readOversize({ transport: transport.value, oversize: 'smtp' }, app, connection) === 'smtp'
  if (ways.length === 0 && !takesOversize) return null
  const refusal = errors.oversize?.message
  const words = {
    graph_imap: { label: t.rich('graphImap'), description: t('graphImapHelp') },
    graph_webhook: { label: t.rich('graphWebhook'), description: t('graphWebhookHelp') },
  }
  return (
    <Disclosure
      summary={t('advanced')}
      defaultOpen={isOnlyWay || ways.some((value) => value === inForce) || (takesOversize && (isOversize || refusal !== undefined))}
    >
      {ways.length > 0 && (
        <RadioGroup<MsTransport>
          legend={t('moreWays')}
          hideLegend
          options={ways.map((value) => ({ value, ...words[value] }))}
          value={transport.value}
          onChange={transport.onChange}
          disabled={readOnly}
          {...(isOnlyWay && { error: errors.transport?.message })}
        />
      )}
      {takesOversize && <OversizeField oversize={oversize} box={oversize.ref} error={refusal} readOnly={readOnly} messages={messages} />}
    </Disclosure>
  )
}
