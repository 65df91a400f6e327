import { isTenantryError } from '../../../errors/index.ts'
import type { SendChoice } from '../../../model/mail-choices.ts'
import { imapOf, openMailbox } from '../desk.ts'
import { askMailServer, neverLost } from './mail-door.ts'
import type { Sending } from './mail-door.ts'

/**
 * Puts a copy into the mailbox's Sent Items, which Graph does itself where a message went out by it. A copy that cannot be kept is told and changes nothing of what was sent.
 * @returns whether a copy is there
 */
export async function keepCopy(sending: Omit<Sending, 'inDoubt'>, by: SendChoice): Promise<boolean> {
  const { desk, call, message } = sending
  if (by === 'graph') return true
  if (openMailbox(desk, call).settings.receive !== 'imap') return false
  try {
    const raw = await sending.compose()
    await askMailServer(sending, 'imap', neverLost, (as) => imapOf(desk).keepSent(as, { raw, messageId: message.messageId }))
    return true
  } catch (error) {
    if (!isTenantryError(error)) throw error
    call.logger.log('warn', 'mail.copy_not_kept', { connectionId: call.connection.id, code: error.code })
    return false
  }
}
