import type { World } from '../../state/world.ts'
import type { SubscriptionState } from '../state/subscription-state.ts'
import { queueNotification } from './queue-notification.ts'

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed'

/** Tells the lifecycle address, where there is one. */
export function notifyLifecycle(world: World, subscription: SubscriptionState, lifecycleEvent: LifecycleEvent): void {
  const { id, lifecycleUrl, directoryId, clientState, expiresAt } = subscription
  if (lifecycleUrl === null) return
  queueNotification(world, subscription, lifecycleUrl, {
    subscriptionId: id,
    subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
    tenantId: directoryId,
    clientState,
    lifecycleEvent,
  })
}
