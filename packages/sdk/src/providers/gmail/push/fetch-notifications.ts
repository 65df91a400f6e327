import { ProviderRefusal } from '../../../errors/index.ts'
import type { GoogleGateway, PubSubGateway, PulledPubSubMessage } from '../../../ports/index.ts'
import { classifyGoogle } from '../../../vendors/google/refusals.ts'
import type { FetchedNotifications, Notification, ProviderCall } from '../../provider.ts'
import { provision } from '../provision/provision.ts'
import { toNotification } from './notification.ts'
import type { PushOptions } from './options.ts'
import type { ManagedPlan } from './plan.ts'
import { loadPushSetup } from './setup.ts'
import type { PushSetup } from './setup.ts'
import { readHint } from './read-hint.ts'

const most = 100

/**
 * What waits in the tenant's subscription, for any mailbox of the tenant. What cannot be read is acknowledged at once and counted; the rest when the
 * caller says that it is durable. A subscription that is gone is made again.
 * @returns `null` when this tenant's notifications are not fetched
 * @throws `google_not_configured`, the codes of provisioning, ProviderRefusal
 */
export async function fetchGmailNotifications(
  google: GoogleGateway,
  call: ProviderCall,
  options: PushOptions,
): Promise<FetchedNotifications | null> {
  if (options.notify !== 'pull') return null
  const { tenantId } = call.connection
  const setup = await loadPushSetup(call, tenantId, options)
  const { plan } = setup
  if (plan.mode !== 'managed' || plan.transport !== 'pull') return null
  const subscription = plan.names.subscription
  const messages = await pull(google.pubsub, call, { ...setup, plan })
  const notifications: Notification[] = []
  const readable: string[] = []
  const unreadable: string[] = []
  for (const { ackId, messageId, data } of messages) {
    const hint = readHint(data)
    ;(hint === null ? unreadable : readable).push(ackId)
    if (hint !== null) notifications.push(toNotification(hint, { tenantId, subscription, messageId }))
  }
  if (unreadable.length > 0) await google.pubsub.acknowledge(plan.key, subscription, unreadable)
  if (messages.length > 0)
    await call.store.pushEndpoints.note(tenantId, 'google', { receivedAt: call.clock.now(), malformed: unreadable.length })
  return {
    notifications,
    acknowledge: async () => {
      if (readable.length > 0) await google.pubsub.acknowledge(plan.key, subscription, readable)
    },
  }
}

async function pull(
  pubsub: PubSubGateway,
  call: ProviderCall,
  setup: PushSetup & { readonly plan: ManagedPlan },
): Promise<readonly PulledPubSubMessage[]> {
  try {
    return await pubsub.pull(setup.plan.key, setup.plan.names.subscription, most)
  } catch (error) {
    if (!(error instanceof ProviderRefusal) || classifyGoogle(error).error.code !== 'pubsub_subscription_missing') throw error
    await provision(call, pubsub, setup)
    return []
  }
}
