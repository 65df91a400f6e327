import type { World } from '../../state/world.ts'
import type { MailboxOwner } from '../find.ts'
import type { ChangeState, MessageState } from '../state/recipient-state.ts'
import type { SubscriptionState } from '../state/subscription-state.ts'
import { isSilent } from './is-silent.ts'
import { queueNotification } from './queue-notification.ts'

/** Tells every live subscription that asked for such a change. */
export function notifyMessage(world: World, owner: MailboxOwner, message: MessageState, kind: ChangeState['kind']): void {
  const now = world.clock.now()
  for (const subscription of world.state.microsoft.subscriptions) {
    if (subscription.mailbox !== owner.id || subscription.expiresAt <= now || subscription.paused || isSilent(world, subscription)) continue
    if (subscription.folder !== null && subscription.folder !== message.folder) continue
    if (!subscription.changeType.split(',').includes(kind)) continue
    queueNotification(world, subscription, subscription.notificationUrl, describe(subscription, owner, message, kind))
  }
}

function describe(
  subscription: SubscriptionState,
  owner: MailboxOwner,
  message: MessageState,
  changeType: string,
): Record<string, unknown> {
  const id = subscription.immutableIds ? message.id : message.entryId
  const resource = `Users/${owner.id}/Messages/${id}`
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
    changeType,
    resource,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Message',
      '@odata.id': resource,
      '@odata.etag': `W/"${message.entryId.slice(-24)}"`,
      id,
    },
    clientState: subscription.clientState,
    tenantId: subscription.directoryId,
  }
}
