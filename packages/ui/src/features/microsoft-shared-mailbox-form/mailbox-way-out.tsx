import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ReactNode } from 'react'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'
import { toPair } from './transport.ts'
import type { MsTransport } from './transport.ts'
import type { MailboxTexts } from './transport-field.tsx'

export interface MailboxProblem {
  code: ErrorCode
  model: ConnectionFormModel
  offered: readonly MsTransport[]
  consentUrl: string | null
  t: MailboxTexts
}

/** Another way to send and receive that does not have this problem. */
const switches: Readonly<Partial<Record<ErrorCode, { readonly to: MsTransport; readonly text: 'switchToGraph' | 'switchToImap' }>>> = {
  mailbox_not_rest_enabled: { to: 'imap_smtp', text: 'switchToImap' },
  smtp_auth_disabled: { to: 'graph_full', text: 'switchToGraph' },
  smtp_auth_failed: { to: 'graph_full', text: 'switchToGraph' },
  imap_disabled: { to: 'graph_full', text: 'switchToGraph' },
  imap_auth_failed: { to: 'graph_full', text: 'switchToGraph' },
  // IMAP does not say which of the two is missing: with Graph it shows.
  imap_no_mailbox_access: { to: 'graph_full', text: 'switchToGraph' },
}

const consentCodes: readonly ErrorCode[] = ['admin_consent_required', 'consent_required']

/** What can be done here about a refusal of Microsoft: another way, or the link that an administrator needs; `null`: nothing. */
export function mailboxWayOut({ code, model, offered, consentUrl, t }: MailboxProblem): ReactNode {
  const other = switches[code]
  if (other && offered.includes(other.to) && model.server.connection !== undefined)
    return <Button onClick={() => model.reconnect({ ...toPair(other.to) })}>{t(other.text)}</Button>
  if (!consentCodes.includes(code) || consentUrl === null) return null
  return (
    <CopyButton size="md" value={consentUrl} what={t('consentLink')}>
      {t('copyConsentLink')}
    </CopyButton>
  )
}
