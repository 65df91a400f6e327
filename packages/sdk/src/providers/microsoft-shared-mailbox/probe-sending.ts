import type { ProviderCall } from '../provider.ts'
import { askAtDesk } from './ask-at-desk.ts'
import { mailCall, openMailbox, smtpOf } from './desk.ts'
import type { MailboxDesk } from './desk.ts'
import { openByGraph } from './open-by-graph.ts'

/**
 * Whether the mailbox may be sent from, as far as that can be asked without sending: SMTP says, and Graph, where it is not what reads, whether it opens
 * the mailbox at all. @throws `smtp_auth_disabled`, `smtp_auth_failed`, `send_as_denied`, `mailbox_access_denied` and its kin
 */
export async function probeSending(desk: MailboxDesk, call: ProviderCall): Promise<void> {
  const { settings } = openMailbox(desk, call)
  if (settings.send === 'graph' && settings.receive === 'imap') await openByGraph(desk, call)
  if (settings.send !== 'smtp' && settings.oversize !== 'smtp') return
  await askAtDesk(desk, call, async () => smtpOf(desk).probe(await mailCall(desk, call, 'smtp'), { from: settings.mailbox }))
}
