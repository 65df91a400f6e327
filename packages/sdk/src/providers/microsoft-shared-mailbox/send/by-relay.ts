import { ProviderRefusal, TenantryError } from '../../../errors/index.ts'
import { unlessAnswered } from './mail-door.ts'
import type { Sending } from './mail-door.ts'

/** The name under which a relay sends a message once: that of the message, because two mailboxes may be given the same key. */
export async function sendByRelay({ desk, message }: Sending): Promise<'relay'> {
  const { relay } = desk.mail
  if (relay === undefined) throw new TypeError('microsoftSharedMailbox: there is no relay')
  try {
    await relay.send(message, { idempotencyKey: message.messageId })
  } catch (error) {
    // The relay may be asked again under the same name, and the host decides when.
    if (error instanceof ProviderRefusal && unlessAnswered(error)) throw new TenantryError('send_outcome_unknown')
    throw error
  }
  return 'relay'
}
