import type { Probed, ProviderCall } from '../provider.ts'
import { graphCall, openMailbox } from './desk.ts'
import { askAtDesk } from './ask-at-desk.ts'
import type { MailboxDesk } from './desk.ts'
import { probeSending } from './probe-sending.ts'
import { writeCursor } from './receive/cursor.ts'
import { imapCursor } from './receive/pull-imap.ts'

/**
 * Opens the inbox the way it is read, and signs in where it sends as far as that proves anything. Only with the token of the first audience, because
 * that is the one of a sign-in.
 * @throws `mailbox_access_denied`, `mailbox_not_found`, `imap_no_mailbox_access`, `smtp_auth_disabled` and their kin
 */
export async function probeMailbox(desk: MailboxDesk, call: ProviderCall): Promise<Probed> {
  const probed = await probeReading(desk, call)
  await probeSending(desk, call)
  return probed
}

/** @returns where the feed stands: what comes from here on is ours */
export async function probeReading(desk: MailboxDesk, call: ProviderCall): Promise<Probed> {
  const { settings } = openMailbox(desk, call)
  if (settings.receive === 'imap') return { cursor: await imapCursor(desk, call) }
  const since = call.clock.now()
  await openByGraph(desk, call)
  return { cursor: writeCursor({ kind: 'since', since }) }
}

/** @throws `mailbox_access_denied`, `mailbox_not_found`, `mailbox_not_rest_enabled` */
export async function openByGraph(desk: MailboxDesk, call: ProviderCall): Promise<void> {
  const { path } = openMailbox(desk, call)
  await askAtDesk(desk, call, async () => desk.microsoft.graph.getInbox(await graphCall(desk, call), path))
}
