import type { ReactNode } from 'react'
import { Callout } from '../../parts/callout/callout.tsx'
import { Chip } from '../../parts/chip/chip.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import type { Translate } from '../../locales/use-messages.ts'
import type { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import type { MsTransport } from './transport.ts'

export type MailboxTexts = Translate<(typeof microsoftSharedMailboxFormMessages)['messages']>

export interface TransportFieldProps {
  transport: { readonly value: MsTransport | null; readonly onChange: (value: MsTransport) => void }
  offered: readonly MsTransport[]
  relayName: string
  error: string | undefined
  /** The connection was set up in a way that is not among these. */
  isOther: boolean
  /** The way that is in force brings nothing in at the moment. */
  sendsOnly: MsTransport | null
  /** What was chosen takes another sign-in. */
  isSwitching: boolean
  readOnly: boolean
  t: MailboxTexts
}

/** How the mailbox is read and sent from, and what each way asks of the organization. */
export function TransportField(props: TransportFieldProps) {
  const { transport, offered, relayName: relay, error, isOther, sendsOnly, isSwitching, readOnly, t } = props
  const words = {
    imap_smtp: { label: t.rich('imapSmtp'), description: t('imapSmtpHelp') },
    imap_relay: { label: t.rich('imapRelay', { relay }), description: t('imapRelayHelp', { relay }) },
    graph_full: { label: t.rich('graphFull'), description: t('graphFullHelp') },
  }
  return (
    <>
      <RadioGroup
        legend={t('transport')}
        options={offered.map((value) => {
          const { label, description } = words[value]
          return { value, description, label: value === sendsOnly ? <MarkedLabel label={label} mark={t('sendsOnly')} /> : label }
        })}
        value={transport.value}
        onChange={transport.onChange}
        disabled={readOnly}
        {...(isOther && { help: t('otherTransport') })}
        {...(error !== undefined && { error })}
      />
      {isSwitching && (
        <Callout tone="info" live="status">
          {t('switching')}
        </Callout>
      )}
    </>
  )
}

function MarkedLabel({ label, mark }: { label: ReactNode; mark: string }) {
  return (
    <>
      {label} <Chip tone="warning">{mark}</Chip>
    </>
  )
}
