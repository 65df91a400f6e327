import { isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { TaskList } from '../../elements/task-list/task-list.tsx'
import type { TaskState } from '../../elements/task-list/task-list.tsx'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'
import { Text } from '../../parts/text/text.tsx'
import type { MailboxTexts } from './transport-field.tsx'

export interface BeforeYouStartProps {
  model: ConnectionFormModel
  /** Replies leave as the mailbox, by Microsoft. */
  needsSendAs: boolean
  consentUrl: string | null
  t: MailboxTexts
}

const refusals = {
  fullAccess: ['mailbox_access_denied', 'imap_no_mailbox_access'],
  sendAs: ['send_as_denied'],
  approved: ['admin_consent_required', 'consent_required'],
} as const satisfies Record<string, readonly ErrorCode[]>

/** What a person needs to have before they sign in, and what of it Microsoft missed the last time. */
export function BeforeYouStart({ model, needsSendAs, consentUrl, t }: BeforeYouStartProps) {
  const { signInError, server } = model
  const code = isTenantryError(signInError) ? signInError.code : (server.connection?.health.reason ?? null)
  const stateOf = (item: keyof typeof refusals): TaskState => {
    const codes: readonly (ErrorCode | null)[] = refusals[item]
    if (codes.includes(code)) return 'failed'
    return server.connection?.health.status === 'connected' ? 'done' : 'waiting'
  }
  const items = [
    { id: 'fullAccess', label: t.rich('fullAccess'), state: stateOf('fullAccess') },
    ...(needsSendAs ? [{ id: 'sendAs', label: t.rich('sendAs'), state: stateOf('sendAs') }] : []),
    {
      id: 'approved',
      label: t('approved'),
      state: stateOf('approved'),
      detail: consentUrl !== null && (
        <CopyButton value={consentUrl} what={t('consentLink')}>
          {t('copyConsentLink')}
        </CopyButton>
      ),
    },
  ]
  return (
    <div className="tn-setting-up">
      <span className="tn-field-label">{t('before')}</span>
      <TaskList items={items} label={t('before')} />
      <Text size="meta" tone="muted">
        {t('hour')}
      </Text>
    </div>
  )
}
