import type { ErrorCode } from '@tenantry/sdk/errors'
import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { Suspense } from 'react'
import type { ReactNode } from 'react'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'
import { RefuseOversize } from './later-choices.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { appOf, oversizeOf, readMailboxValues, readSwitch } from './mailbox-form-values.ts'
import type { MsTransport } from './transport.ts'
import type { MailboxTexts } from './transport-field.tsx'

export interface MailboxProblem {
  code: ErrorCode
  model: ConnectionFormModel<MicrosoftSetupStatus>
  offered: readonly MsTransport[]
  consentUrl: string | null
  messages: MicrosoftSharedMailboxFormProps['messages']
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

/** What is wrong with SMTP alone. */
const smtpCodes: readonly ErrorCode[] = ['smtp_auth_disabled', 'smtp_auth_failed']

const consentCodes: readonly ErrorCode[] = ['admin_consent_required', 'consent_required']

/** What nobody in the organization can mend at the host's app. */
const hostAppCodes: readonly ErrorCode[] = [
  'host_app_missing',
  'host_app_not_for_webhook',
  'app_client_id_invalid',
  'app_secret_invalid',
  'app_secret_expired',
  'app_unauthorized',
]

/** What can be done here about a refusal of Microsoft: another way, another app, or the link that an administrator needs; `null`: nothing. */
export function mailboxWayOut({ code, model, offered, consentUrl, messages, t }: MailboxProblem): ReactNode {
  const { connection, app } = model.server
  const mayReconnect = connection?.permissions.reconnect
  if (connection && oversizeOf(connection) === 'smtp' && smtpCodes.includes(code))
    return connection.permissions.update ? (
      <Suspense fallback={null}>
        <RefuseOversize model={model} messages={messages} />
      </Suspense>
    ) : null
  const other = switches[code]
  const change =
    mayReconnect && other && offered.includes(other.to)
      ? readSwitch({ ...readMailboxValues(connection), transport: other.to }, connection, app)
      : null
  if (other && change) return <Button onClick={() => model.reconnect(change.settings)}>{t(other.text)}</Button>
  if (mayReconnect && appOf(connection) === 'host' && hostAppCodes.includes(code))
    return <Button onClick={() => model.reconnect({ app: 'own' })}>{t('useOwnApp')}</Button>
  return consentCodes.includes(code) && consentUrl !== null ? <ConsentLink size="md" url={consentUrl} t={t} /> : null
}

/** For the administrator who approves the app. */
export function ConsentLink({ url, size = 'sm', t }: { url: string; size?: 'sm' | 'md'; t: MailboxTexts }) {
  return (
    <CopyButton size={size} value={url} what={t('consentLink')}>
      {t('copyConsentLink')}
    </CopyButton>
  )
}
