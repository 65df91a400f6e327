import { isTenantryError, ProviderRefusal } from '../../errors/index.ts'
import type { Probed } from '../probed.ts'
import type { ProviderCall } from '../provider.ts'
import { openMailbox } from './desk.ts'
import type { MailboxDesk } from './desk.ts'
import { openByGraph } from './open-by-graph.ts'
import { probeSending } from './probe-sending.ts'
import { writeCursor } from './receive/cursor.ts'
import { imapCursor } from './receive/pull-imap.ts'

/**
 * Opens the inbox the way it is read, and signs in where it sends as far as that proves anything: with a token of every audience that the settings have.
 * Where it can be read it is, whatever sending says. @throws `mailbox_access_denied`, `mailbox_not_found`, `mailbox_other_directory`, `not_a_mailbox`,
 * `imap_no_mailbox_access` and their kin
 */
export async function probeMailbox(desk: MailboxDesk, call: ProviderCall): Promise<Probed> {
  const probed = await probeReading(desk, call)
  try {
    await probeSending(desk, call)
    return probed
  } catch (failure) {
    if (!isTenantryError(failure) && !(failure instanceof ProviderRefusal)) throw failure
    return { ...probed, failure }
  }
}

/** @returns where the feed stands: what comes from here on is ours */
export async function probeReading(desk: MailboxDesk, call: ProviderCall): Promise<Probed> {
  const { settings } = openMailbox(desk, call)
  if (settings.receive === 'imap') return { cursor: await imapCursor(desk, call) }
  const since = call.clock.now()
  await openByGraph(desk, call)
  return { cursor: writeCursor({ kind: 'since', since }) }
}
