import type { SubscriptionState } from '../state/pubsub-state.ts'

export interface PublishedMessage {
  /** Standard base64. */
  data: string
  attributes: Record<string, string>
}

/** A message as pull returns it and as pushes carry it. */
export interface ReceivedMessage {
  ackId: string
  /** Only with a dead letter policy. */
  deliveryAttempt?: number
  message: { data?: string; messageId: string; publishTime: string; attributes?: Record<string, string> }
}

/** Who moves the messages: the sandbox itself, or Google's emulator. Names, rights and IAM are always the sandbox's. */
export interface PubSubBackend {
  createTopic(name: string): Promise<void>
  deleteTopic(name: string): Promise<void>
  createSubscription(subscription: SubscriptionState): Promise<void>
  /** Deadlines, retention, retry policy or push configuration changed. */
  updateSubscription(subscription: SubscriptionState): Promise<void>
  deleteSubscription(name: string): Promise<void>
  /** Returns the message ids. */
  publish(topic: string, messages: PublishedMessage[]): Promise<string[]>
  pull(subscription: SubscriptionState, maxMessages: number): Promise<ReceivedMessage[]>
  acknowledge(subscription: SubscriptionState, ackIds: string[]): Promise<void>
  /** Takes up deliveries again after a restart. */
  resume(): Promise<void>
}
