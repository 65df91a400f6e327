import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { Callout } from '../../parts/callout/callout.tsx'
import { Chip } from '../../parts/chip/chip.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import type { Translate } from '../../locales/use-messages.ts'
import type { AdvancedTransportsProps } from './advanced-transports.tsx'
import { AdvancedTransports } from './later-choices.ts'
import type { microsoftSharedMailboxFormMessages } from './microsoft-shared-mailbox-form.messages.ts'
import { isPreset, toPair } from './transport.ts'
import type { MsTransport, Preset } from './transport.ts'

export type MailboxTexts = Translate<(typeof microsoftSharedMailboxFormMessages)['messages']>

export interface TransportFieldProps extends AdvancedTransportsProps {
  relayName: string
  /** The way that is in force brings nothing in at the moment. */
  sendsOnly: boolean
  /** What was chosen takes another sign-in. */
  isSwitching: boolean
  t: MailboxTexts
}

/** How the mailbox is read and sent from, and what each way asks of the organization. */
export function TransportField(props: TransportFieldProps) {
  const { transport, offered, inForce, relayName: relay, errors, sendsOnly, isSwitching, readOnly, t } = props
  const words: Record<Preset, { label: ReactNode; description: ReactNode }> = {
    imap_smtp: { label: t.rich('imapSmtp'), description: t('imapSmtpHelp') },
    imap_relay: { label: t.rich('imapRelay', { relay }), description: t.rich('imapRelayHelp', { relay }) },
    graph_full: { label: t.rich('graphFull'), description: t('graphFullHelp') },
  }
  const presets = offered.filter(isPreset)
  return (
    <>
      {presets.length > 0 && (
        <RadioGroup<MsTransport>
          legend={t('transport')}
          options={presets.map((value) => {
            const { label, description } = words[value]
            const isMarked = sendsOnly && value === inForce
            return { value, description, label: isMarked ? <MarkedLabel label={label} mark={t('sendsOnly')} /> : label }
          })}
          value={transport.value}
          onChange={transport.onChange}
          disabled={readOnly}
          error={errors.transport?.message}
        />
      )}
      {offered.some((value) => toPair(value).send === 'graph') && (
        <Suspense fallback={null}>
          <AdvancedTransports {...props} />
        </Suspense>
      )}
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
