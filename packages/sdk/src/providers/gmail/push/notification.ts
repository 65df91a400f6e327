import type { Notification } from '../../provider.ts'
import type { Hint } from './read-hint.ts'

/** The same for a message that was posted and one that was fetched. A test proves the way and is nobody's mail. */
export function toNotification(hint: Hint, message: { tenantId: string; subscription: string; messageId: string }): Notification {
  return {
    tenantId: message.tenantId,
    to: { address: hint.kind === 'mailbox' ? hint.address : '' },
    dedupeKey: `${message.subscription}/${message.messageId}`,
    handshake: hint.kind === 'test',
  }
}
