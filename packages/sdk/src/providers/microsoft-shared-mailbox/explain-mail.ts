import { failures, TenantryError } from '../../errors/index.ts'
import type { ProviderRefusal } from '../../errors/index.ts'
import type { MailboxDesk, OpenMailbox } from './desk.ts'

/**
 * Our error for a refusal whose words name the mailbox or the account, which only the connection knows; any other refusal stays as it is, because
 * what it means for upkeep hangs on more than its code.
 */
export function explainMail(
  desk: Pick<MailboxDesk, 'vendor'>,
  mailbox: OpenMailbox,
  refusal: ProviderRefusal,
): TenantryError | ProviderRefusal {
  const { error } = desk.vendor.classify(refusal)
  const { detail, remedy } = failures[error.code]
  if (!/\{(?:mailbox|account)\}/.test(detail + remedy)) return refusal
  const { settings, account } = mailbox
  return new TenantryError(error.code, {
    values: { ...error.values, mailbox: settings.mailbox, account: account.address },
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  })
}
