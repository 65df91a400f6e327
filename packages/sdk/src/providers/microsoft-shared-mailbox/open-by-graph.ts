import type { ProviderCall } from '../provider.ts'
import { askAtDesk } from './ask-at-desk.ts'
import { graphCall, openMailbox } from './desk.ts'
import type { MailboxDesk } from './desk.ts'

/** Proves that Graph opens the inbox. @throws `mailbox_access_denied`, `mailbox_not_found`, `mailbox_other_directory`, `not_a_mailbox`, `mailbox_not_rest_enabled` */
export async function openByGraph(desk: MailboxDesk, call: ProviderCall): Promise<void> {
  const { path } = openMailbox(desk, call)
  await askAtDesk(desk, call, async () => desk.microsoft.graph.getInbox(await graphCall(desk, call), path))
}
