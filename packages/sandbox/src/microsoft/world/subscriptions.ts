import type { World } from '../../state/world.ts'
import { findSubscription } from '../find.ts'
import { isSilent } from '../subscriptions/is-silent.ts'
import { notifyLifecycle } from '../subscriptions/lifecycle.ts'
import type { MicrosoftWorld } from './microsoft-world.ts'

type SubscriptionVerbs = Pick<MicrosoftWorld, 'subscriptions' | 'missNotifications' | 'removeSubscription' | 'requireReauthorization'>

/** What becomes of subscriptions. */
export function createSubscriptionVerbs(world: World): SubscriptionVerbs {
  return {
    subscriptions: () =>
      world.state.microsoft.subscriptions
        .filter(({ expiresAt }) => expiresAt > world.clock.now())
        .map((subscription) => {
          const { id, resource, notificationUrl, lifecycleUrl, clientState, expiresAt } = subscription
          return { id, resource, notificationUrl, lifecycleUrl, clientState, expiresAt, silent: isSilent(world, subscription) }
        }),
    missNotifications: (id) => notifyLifecycle(world, findSubscription(world, id), 'missed'),
    removeSubscription: (id) => {
      const subscription = findSubscription(world, id)
      notifyLifecycle(world, subscription, 'subscriptionRemoved')
      const { microsoft } = world.state
      microsoft.subscriptions = microsoft.subscriptions.filter((other) => other !== subscription)
    },
    requireReauthorization: (id) => {
      const subscription = findSubscription(world, id)
      subscription.paused = true
      notifyLifecycle(world, subscription, 'reauthorizationRequired')
    },
  }
}
