import type { ErrorCode } from '@tenantry/sdk/errors'
import type { Health } from '@tenantry/sdk/wire'

/** What a person has to mend at the mailbox or its settings: trying again by itself helps nobody. */
const mailboxReasons: readonly (ErrorCode | null)[] = [
  'mailbox_access_denied',
  'mailbox_not_found',
  'not_a_mailbox',
  'mailbox_other_directory',
  'mailbox_not_rest_enabled',
  'imap_no_mailbox_access',
  'imap_auth_failed',
  'imap_disabled',
  'smtp_auth_disabled',
  'smtp_auth_failed',
  'send_as_denied',
]

/** Signed in, and the mailbox does not open or may not be sent from. */
export function isMailboxRefused({ reason }: Pick<Health, 'reason'>): boolean {
  return mailboxReasons.includes(reason)
}
