import { useMessages } from '../../locales/use-messages.ts'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { mailboxChoicesMessages } from './mailbox-choices.messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import type { AdvancedTransport, MsTransport } from './transport.ts'

export interface AdvancedTransportsProps {
  transport: { readonly value: MsTransport | null; readonly onChange: (value: MsTransport) => void }
  offered: readonly AdvancedTransport[]
  /** One of them is in force, or there are no others. */
  isOpen: boolean
  error: string | undefined
  readOnly: boolean
  messages: MicrosoftSharedMailboxFormProps['messages']
}

/** Ways to send and receive that few organizations need. */
export function AdvancedTransports({ transport, offered, isOpen, error, readOnly, messages }: AdvancedTransportsProps) {
  const t = useMessages(mailboxChoicesMessages, messages)
  const words = {
    graph_imap: { label: t.rich('graphImap'), description: t('graphImapHelp') },
    graph_webhook: { label: t.rich('graphWebhook'), description: t('graphWebhookHelp') },
  }
  return (
    <Disclosure summary={t('advanced')} defaultOpen={isOpen}>
      <RadioGroup<MsTransport>
        legend={t('moreWays')}
        hideLegend
        options={offered.map((value) => ({ value, ...words[value] }))}
        value={transport.value}
        onChange={transport.onChange}
        disabled={readOnly}
        {...(error !== undefined && { error })}
      />
    </Disclosure>
  )
}
