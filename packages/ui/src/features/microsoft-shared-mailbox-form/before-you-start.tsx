import { isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { ReactNode } from 'react'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { TaskList } from '../../elements/task-list/task-list.tsx'
import type { TaskItem, TaskState } from '../../elements/task-list/task-list.tsx'
import { useMessages } from '../../locales/use-messages.ts'
import { Text } from '../../parts/text/text.tsx'
import { mailboxChoicesMessages } from './mailbox-choices.messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { appOf } from './mailbox-form-values.ts'
import type { WhoseApp } from './mailbox-form-values.ts'
import { transportOf } from './transport.ts'
import type { MsTransport } from './transport.ts'

export interface BeforeYouStartProps {
  model: ConnectionFormModel
  transport: MsTransport | null
  app: WhoseApp
  /** The link for whoever approves the app. */
  consent: ReactNode
  messages: MicrosoftSharedMailboxFormProps['messages']
}

const refusals = {
  fullAccess: ['mailbox_access_denied', 'imap_no_mailbox_access'],
  sendAs: ['send_as_denied'],
  approved: ['admin_consent_required', 'consent_required'],
} as const satisfies Record<string, readonly ErrorCode[]>

/** What a person needs to have before they sign in, and what of it Microsoft missed the last time. */
export function BeforeYouStart({ model, transport, app, consent, messages }: BeforeYouStartProps) {
  const t = useMessages(mailboxChoicesMessages, messages)
  const { signInError, server } = model
  const { connection } = server
  const code = isTenantryError(signInError) ? signInError.code : (connection?.health.reason ?? null)
  const isRefused = (item: keyof typeof refusals) => {
    const codes: readonly (ErrorCode | null)[] = refusals[item]
    return codes.includes(code)
  }
  // What works by an app itself proves nothing of a person.
  const works = connection?.health.status === 'connected' && transportOf(connection.settings) !== 'graph_webhook'
  const stateOf = (item: keyof typeof refusals, isProven = works): TaskState => (isRefused(item) ? 'failed' : isProven ? 'done' : 'waiting')
  // An app that acts for itself needs nobody's access to the mailbox, and no approval of another way counts for it.
  const isApp = transport === 'graph_webhook'
  const items: TaskItem[] = isApp
    ? [{ id: 'approves', label: t.rich('approves'), state: stateOf('approved', false) }]
    : [
        { id: 'fullAccess', label: t.rich('fullAccess'), state: stateOf('fullAccess') },
        // A relay sends by itself.
        ...(transport === 'imap_relay' ? [] : [{ id: 'sendAs', label: t.rich('sendAs'), state: stateOf('sendAs') }]),
        { id: 'approved', label: t('approved'), state: stateOf('approved', works && appOf(connection) === app), detail: consent },
      ]
  return (
    <div className="tn-setting-up">
      <span className="tn-field-label">{t('before')}</span>
      <TaskList items={items} label={t('before')} />
      <Text size="meta" tone="muted">
        {t(isApp ? 'everyMailbox' : 'hour')}
      </Text>
    </div>
  )
}
