import { TenantryError } from '../../../errors/index.ts'
import type { PubSubGateway } from '../../../ports/index.ts'
import { publisherRole, subscriberRole } from '../../../vendors/google/names.ts'
import { ensureBinding } from './binding.ts'
import { ensureSubscription } from './subscription.ts'
import { ensureTopic } from './topic.ts'
import type { StepResult } from './topic.ts'
import type { DeadLetterPlan, ManagedPlan } from '../push/plan.ts'

/**
 * Makes sure that what is announced in vain too often lands in a topic of its own, where a subscription keeps it: Google's agent may publish there and
 * take it from here, and the subscription says so. Source: cloud.google.com/pubsub/docs/dead-letter-topics.
 * @throws `google_not_configured`, `pubsub_read_back_failed`, ProviderRefusal
 */
export async function ensureDeadLetter(pubsub: PubSubGateway, plan: ManagedPlan, deadLetter: DeadLetterPlan): Promise<StepResult> {
  const { key, labels, names, wanted } = plan
  const { agent, maxDeliveryAttempts } = deadLetter
  if (agent === null) throw new TenantryError('google_not_configured', { values: { missing: 'clientId' } })
  const { deadLetterTopic: topic, deadLetterSubscription: subscription } = names
  const pulled = { name: subscription, topic, labels, pushEndpoint: null, audience: null, signer: null, deadLetter: null }
  const topicResult = await ensureTopic(pubsub, key, topic, labels)
  const bound = await ensureBinding(
    { read: () => pubsub.getTopicPolicy(key, topic), write: (policy) => pubsub.setTopicPolicy(key, topic, policy) },
    publisherRole,
    agent,
  )
  const keeper = await ensureSubscription(pubsub, key, pulled, 'clear')
  const taken = await ensureBinding(
    {
      read: () => pubsub.getSubscriptionPolicy(key, wanted.name),
      write: (policy) => pubsub.setSubscriptionPolicy(key, wanted.name, policy),
    },
    subscriberRole,
    agent,
  )
  const pointed = await ensureSubscription(pubsub, key, { ...wanted, deadLetter: { topic, maxDeliveryAttempts } }, 'set')
  const states = [topicResult.state, bound, keeper.state, taken, pointed.state]
  return { state: states.includes('done') ? 'done' : 'already_there', ours: [...topicResult.ours, ...keeper.ours] }
}
