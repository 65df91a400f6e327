import { z } from 'zod/mini'
import { cloudError } from '../http/api-error.ts'
import type { QueuedMessageState, SubscriptionState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { permissionsOfMember } from './permissions.ts'
import type { PublishedMessage } from './pubsub-backend.ts'
import { findTopic } from './resource-name.ts'

const STANDARD_ATTEMPTS = 5

export const deadLetterBody = z.strictObject({ deadLetterTopic: z.optional(z.string()), maxDeliveryAttempts: z.optional(z.int()) })

/** @throws ApiError 400 for a missing topic name or a count outside of 5 to 100 */
export function readDeadLetter(body: z.infer<typeof deadLetterBody> | undefined): SubscriptionState['deadLetter'] {
  if (body === undefined) return null
  const maxDeliveryAttempts = body.maxDeliveryAttempts || STANDARD_ATTEMPTS
  if (maxDeliveryAttempts < 5 || maxDeliveryAttempts > 100)
    throw cloudError(
      400,
      'INVALID_ARGUMENT',
      `Invalid max delivery attempts given (value=${maxDeliveryAttempts}, must be between 5 and 100).`,
    )
  if (!/^projects\/[^/]+\/topics\/[^/]+$/.test(body.deadLetterTopic ?? ''))
    throw cloudError(400, 'INVALID_ARGUMENT', `Invalid dead letter topic given (name=${body.deadLetterTopic ?? ''}).`)
  return { topic: body.deadLetterTopic ?? '', maxDeliveryAttempts }
}

/** @throws ApiError 404 when the topic for dead letters does not exist */
export function requireDeadLetterTopic(world: World, deadLetter: SubscriptionState['deadLetter']): void {
  if (deadLetter) findTopic(world, deadLetter.topic)
}

/** True for a message that was refused often enough, while Pub/Sub's own account may publish there and acknowledge here. */
export function isDeadLetter(world: World, subscription: SubscriptionState, { attempt }: QueuedMessageState): boolean {
  const { deadLetter } = subscription
  return deadLetter !== null && attempt >= deadLetter.maxDeliveryAttempts && mayForward(world, subscription, deadLetter.topic)
}

/** The message as it arrives in the topic for dead letters. */
export function describeDeadLetter(subscription: SubscriptionState, message: QueuedMessageState): PublishedMessage {
  const [, project = '', , id = ''] = subscription.name.split('/')
  return {
    data: message.data,
    attributes: {
      ...message.attributes,
      CloudPubSubDeadLetterSourceDeliveryCount: String(message.attempt),
      CloudPubSubDeadLetterSourceSubscription: id,
      CloudPubSubDeadLetterSourceSubscriptionProject: project,
      CloudPubSubDeadLetterSourceTopicPublishTime: new Date(message.publishedAt).toISOString(),
    },
  }
}

function mayForward(world: World, subscription: SubscriptionState, deadTopic: string): boolean {
  const projectOf = (name: string) => name.split('/')[1] ?? ''
  const { number } = world.state.projects.find(({ projectId }) => projectId === projectOf(subscription.name)) ?? {}
  const topic = world.state.topics.find(({ name }) => name === deadTopic)
  if (number === undefined || !topic) return false
  const agent = `serviceAccount:service-${number}@gcp-sa-pubsub.iam.gserviceaccount.com`
  const holds = (resource: { name: string; policy: SubscriptionState['policy'] }, permission: string) =>
    permissionsOfMember(world, agent, projectOf(resource.name), resource.policy.bindings).has(permission)
  return holds(topic, 'pubsub.topics.publish') && holds(subscription, 'pubsub.subscriptions.consume')
}
