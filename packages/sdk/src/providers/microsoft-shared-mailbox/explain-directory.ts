import { isTenantryError, ProviderRefusal, TenantryError } from '../../errors/index.ts'
import type { ErrorCode } from '../../errors/index.ts'
import type { ProviderCall } from '../provider.ts'
import { cloudFor, openMailbox } from './desk.ts'
import type { MailboxDesk } from './desk.ts'
import { domainOf } from './settings.ts'

/** How Graph and IMAP say that they know nobody there, wherever else the mailbox may be. */
const unknown: readonly ErrorCode[] = ['mailbox_not_found', 'imap_auth_failed']

/**
 * Where Microsoft knows no such mailbox: `mailbox_other_directory` when the address is of a domain that belongs to another directory than whoever
 * signed in, which Entra tells everybody; what was said otherwise.
 */
export async function explainDirectory<Said>(desk: MailboxDesk, call: ProviderCall, said: Said): Promise<Said | TenantryError> {
  if (!isTenantryError(said) || !unknown.includes(said.code)) return said
  const { settings, account } = openMailbox(desk, call)
  const own = account.subject.split('/')[0]
  const owner = await ownerOf(desk, call, domainOf(settings.mailbox))
  if (owner === null || own === '' || owner === own) return said
  return new TenantryError('mailbox_other_directory', { values: { ...said.values, mailbox: settings.mailbox, account: account.address } })
}

async function ownerOf(desk: MailboxDesk, call: ProviderCall, domain: string): Promise<string | null> {
  try {
    return await desk.microsoft.findDirectory(await cloudFor(desk, call), domain)
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error
    // What was said of the mailbox stands, with less detail.
    call.logger.log('info', 'mailbox.directory_unknown', { connectionId: call.connection.id, httpStatus: error.httpStatus })
    return null
  }
}
