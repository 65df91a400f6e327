import { playPushFaults } from '../push/play-push-faults.ts'
import { isAccepted } from '../push/send-push.ts'
import { findBy } from '../state/find-by.ts'
import { newId, newNumber } from '../state/new-id.ts'
import type { QueuedMessageState, SubscriptionState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { describeDeadLetter, isDeadLetter } from './dead-letter.ts'
import type { PublishedMessage, PubSubBackend, ReceivedMessage } from './pubsub-backend.ts'
import { pushMessage } from './push-message.ts'
import { forgetIdle } from './resource-name.ts'

/** Pub/Sub inside the sandbox: at least once, unordered, redelivered with backoff until retention ends or it counts as a dead letter. */
export function createBuiltinBackend(getWorld: () => World): PubSubBackend {
  const find = (name: string) => findBy(getWorld().state.subscriptions, 'name', name)
  const queue = (name: string, messageId: string, dueAt: number) => getWorld().background.at(dueAt, () => attempt(name, messageId))

  const attempt = async (name: string, messageId: string): Promise<void> => {
    const world = getWorld()
    const subscription = find(name)
    const message = subscription?.messages.find((candidate) => candidate.messageId === messageId)
    // Acked, pulled, deleted, or already put off by another attempt.
    if (!subscription?.pushConfig || !message || message.dueAt > world.clock.now()) return
    if (message.publishedAt + subscription.retentionSeconds * 1000 <= world.clock.now()) return forget(subscription, messageId)
    const plan = playPushFaults(world, 'pubsub')
    if (plan.drop) return forget(subscription, messageId)
    if (plan.delay > 0) return postpone(message, plan.delay, () => deliver(name, messageId, { ...plan, delay: 0 }))
    await deliver(name, messageId, plan)
  }

  const deliver = async (name: string, messageId: string, plan: ReturnType<typeof playPushFaults>): Promise<void> => {
    const world = getWorld()
    const subscription = find(name)
    const message = subscription?.messages.find((candidate) => candidate.messageId === messageId)
    if (!subscription?.pushConfig || !message) return
    message.attempt += 1
    const body = JSON.stringify(envelope(subscription, message))
    const timeoutMs = subscription.ackDeadlineSeconds * 1000
    const status = await pushMessage(world, { config: subscription.pushConfig, body, attempt: message.attempt, timeoutMs, plan })
    if (isAccepted(status)) {
      subscription.lastActiveAt = world.clock.now()
      return forget(subscription, messageId)
    }
    if (isDeadLetter(world, subscription, message)) return bury(subscription, message)
    postpone(message, backoffOf(subscription, message.attempt), () => attempt(name, messageId))
  }

  const bury = (subscription: SubscriptionState, message: QueuedMessageState): void => {
    forget(subscription, message.messageId)
    if (subscription.deadLetter) publish(subscription.deadLetter.topic, [describeDeadLetter(subscription, message)])
  }

  const postpone = (message: QueuedMessageState, delay: number, run: () => Promise<void>): void => {
    const world = getWorld()
    message.dueAt = world.clock.now() + delay
    world.background.at(message.dueAt, run)
  }

  const pushAll = (subscription: SubscriptionState) => {
    if (subscription.pushConfig) for (const { messageId, dueAt } of subscription.messages) queue(subscription.name, messageId, dueAt)
  }

  const publish = (topic: string, messages: PublishedMessage[]): string[] => {
    const world = getWorld()
    const now = world.clock.now()
    forgetIdle(world)
    return messages.map(({ data, attributes }) => {
      const messageId = newNumber(17)
      for (const subscription of world.state.subscriptions.filter((candidate) => candidate.topic === topic)) {
        subscription.messages.push({ messageId, data, attributes, publishedAt: now, attempt: 0, dueAt: now, ackId: null })
        if (subscription.pushConfig) queue(subscription.name, messageId, now)
      }
      return messageId
    })
  }

  return {
    createTopic: async () => {},
    deleteTopic: async () => {},
    createSubscription: async () => {},
    deleteSubscription: async () => {},
    updateSubscription: async (subscription) => pushAll(subscription),
    publish: async (topic, messages) => publish(topic, messages),
    pull: async (subscription, maxMessages) => {
      const world = getWorld()
      const now = world.clock.now()
      subscription.messages = subscription.messages.filter((message) => message.publishedAt + subscription.retentionSeconds * 1000 > now)
      const due = subscription.messages.filter((message) => message.dueAt <= now)
      // A lease that ran out counts as a refusal.
      for (const message of due.filter((candidate) => isDeadLetter(world, subscription, candidate))) bury(subscription, message)
      return due
        .filter((message) => subscription.messages.includes(message))
        .slice(0, maxMessages)
        .map((message) => lease(subscription, message, now))
    },
    acknowledge: async (subscription, ackIds) => {
      subscription.messages = subscription.messages.filter((message) => message.ackId === null || !ackIds.includes(message.ackId))
    },
    resume: async () => {
      for (const subscription of getWorld().state.subscriptions) pushAll(subscription)
    },
  }
}

function forget(subscription: SubscriptionState, messageId: string): void {
  subscription.messages = subscription.messages.filter((message) => message.messageId !== messageId)
}

function lease(subscription: SubscriptionState, message: QueuedMessageState, now: number): ReceivedMessage {
  message.ackId = newId(40)
  message.dueAt = now + subscription.ackDeadlineSeconds * 1000
  message.attempt += 1
  const { data, messageId, publishedAt, attributes } = message
  return {
    ackId: message.ackId,
    ...attemptOf(subscription, message),
    message: { data, messageId, publishTime: new Date(publishedAt).toISOString(), attributes },
  }
}

function envelope(subscription: SubscriptionState, message: QueuedMessageState) {
  const { data, attributes, messageId, publishedAt } = message
  const publishTime = new Date(publishedAt).toISOString()
  return {
    message: { data, messageId, message_id: messageId, publishTime, publish_time: publishTime, attributes },
    subscription: subscription.name,
    ...attemptOf(subscription, message),
  }
}

/** Google counts attempts only where a dead letter policy needs them. */
function attemptOf({ deadLetter }: SubscriptionState, { attempt }: QueuedMessageState): { deliveryAttempt?: number } {
  return deadLetter ? { deliveryAttempt: attempt } : {}
}

/** Exponential, within the retry policy; without one, Google's push backoff of 100 ms to 60 s. */
function backoffOf({ retryPolicy }: SubscriptionState, attempt: number): number {
  const least = retryPolicy ? retryPolicy.minimumBackoff * 1000 : 100
  const most = retryPolicy ? retryPolicy.maximumBackoff * 1000 : 60_000
  return Math.max(Math.min(Math.max(least, 100) * 2 ** (attempt - 1), most), 1)
}
