import type { CalendarGateway } from './calendar-gateway.ts'
import type { UserCall } from './user-call.ts'
import type { ServiceAccountKey } from '../model/service-account-key.ts'

/** Where Google is. Constants in production; a host's test configuration may point at the sandbox; never tenant input. */
export interface GoogleEndpoints {
  readonly authorization: string
  readonly token: string
  readonly revocation: string
  readonly jwks: string
  readonly gmail: string
  readonly calendar: string
  readonly pubsub: string
}

export interface GmailHistoryPage {
  readonly historyId: string
  readonly nextPageToken: string | null
  /** Messages that are new in the mailbox, and those that got or lost a label, as a message does that is taken out of Spam. */
  readonly added: readonly GmailMessageRef[]
  readonly relabelled: readonly RelabelledGmailMessageRef[]
}

export interface GmailMessageRef {
  readonly messageId: string
  readonly threadId: string
  readonly labelIds: readonly string[]
}

/** One change; several changes of a message are told one by one. */
export interface RelabelledGmailMessageRef extends GmailMessageRef {
  /** Those of its labels that it got. */
  readonly addedLabelIds: readonly string[]
  /** Those that it lost. */
  readonly removedLabelIds: readonly string[]
}

export interface GmailMessage {
  readonly id: string
  readonly threadId: string
  readonly labelIds: readonly string[]
  /** Epoch milliseconds. */
  readonly internalDate: number
  readonly raw: Uint8Array
}

/** The largest message that is fetched, 80 MiB of MIME: Gmail takes in 50 MB of attachments, which base64 makes a third larger. */
export const maxGmailMessageBytes = 80 * 1024 * 1024

export interface GmailGateway {
  getProfile(call: UserCall): Promise<{ emailAddress: string; historyId: string }>
  listLabels(call: UserCall): Promise<readonly { id: string; name: string; type: 'system' | 'user' }[]>
  watch(
    call: UserCall,
    input: { topicName: string; labelIds?: readonly string[]; labelFilterBehavior?: 'include' | 'exclude' },
  ): Promise<{ historyId: string; expiresAt: number }>
  stop(call: UserCall): Promise<void>
  listHistory(
    call: UserCall,
    input: { startHistoryId: string; labelId?: string; pageToken?: string; maxResults?: number },
  ): Promise<GmailHistoryPage>
  /** @throws ProviderRefusal with reason `answer_too_large` when the message is larger than `maxGmailMessageBytes` */
  getMessage(call: UserCall, id: string): Promise<GmailMessage>
  listMessages(
    call: UserCall,
    input: { query: string; labelIds?: readonly string[]; pageToken?: string },
  ): Promise<{ ids: readonly string[]; nextPageToken: string | null }>
}

export interface IamPolicy {
  readonly etag?: string
  readonly version?: number
  readonly bindings?: readonly { readonly role: string; readonly members: readonly string[]; readonly condition?: unknown }[]
}

export type ResourceLabels = Readonly<Record<string, string>>

export interface PubSubTopic {
  readonly name: string
  readonly labels: ResourceLabels
}

/** A subscription, as far as we care. Without a push endpoint it is one that is pulled. */
export interface PubSubSubscription {
  readonly name: string
  /** `_deleted-topic_` when the topic is gone. */
  readonly topic: string
  readonly pushEndpoint: string | null
  readonly audience: string | null
  readonly signer: string | null
  readonly labels: ResourceLabels
  /** How long a push may take, and how long a pulled message stays ours. */
  readonly ackDeadlineSeconds: number
  /** False when Pub/Sub deletes it after a time without use (31 days, unless `expirationPolicy` is `{}`). */
  readonly neverExpires: boolean
  /** Whether redelivery slows down. */
  readonly hasRetryPolicy: boolean
  readonly deadLetter: { readonly topic: string; readonly maxDeliveryAttempts: number } | null
}

/** What a subscription should be; the rest of its configuration is the gateway's constant. */
export type WantedSubscription = Omit<PubSubSubscription, 'ackDeadlineSeconds' | 'neverExpires' | 'hasRetryPolicy'>

export interface PulledPubSubMessage {
  readonly ackId: string
  readonly messageId: string
  readonly data: Uint8Array
}

/** Pub/Sub with the tenant's own service account. Names are full resource names. A missing resource is `null`. */
export interface PubSubGateway {
  getTopic(key: ServiceAccountKey, topic: string): Promise<PubSubTopic | null>
  /** @throws ProviderRefusal with status 409 when it is there already */
  createTopic(key: ServiceAccountKey, topic: string, labels: ResourceLabels): Promise<void>
  /** A topic that is gone counts as deleted. */
  deleteTopic(key: ServiceAccountKey, topic: string): Promise<void>
  getTopicPolicy(key: ServiceAccountKey, topic: string): Promise<IamPolicy>
  /** @throws ProviderRefusal with status 409 when the etag is old */
  setTopicPolicy(key: ServiceAccountKey, topic: string, policy: IamPolicy): Promise<void>
  /** Which of the permissions the key has on the topic. */
  testTopicPermissions(key: ServiceAccountKey, topic: string, permissions: readonly string[]): Promise<readonly string[]>
  getSubscription(key: ServiceAccountKey, subscription: string): Promise<PubSubSubscription | null>
  /** @throws ProviderRefusal with status 409 when it is there already */
  createSubscription(key: ServiceAccountKey, wanted: WantedSubscription): Promise<void>
  /** Brings deadline, retry, expiry and dead letter back to what they should be. */
  repairSubscription(key: ServiceAccountKey, wanted: WantedSubscription): Promise<void>
  /** Push endpoint, audience and signer; a `null` endpoint turns it into one that is pulled. */
  modifyPush(key: ServiceAccountKey, wanted: WantedSubscription): Promise<void>
  /** A subscription that is gone counts as deleted. */
  deleteSubscription(key: ServiceAccountKey, subscription: string): Promise<void>
  getSubscriptionPolicy(key: ServiceAccountKey, subscription: string): Promise<IamPolicy>
  /** @throws ProviderRefusal with status 409 when the etag is old */
  setSubscriptionPolicy(key: ServiceAccountKey, subscription: string, policy: IamPolicy): Promise<void>
  /** What waits now, at most `maxMessages`; returns soon when nothing does. */
  pull(key: ServiceAccountKey, subscription: string, maxMessages: number): Promise<readonly PulledPubSubMessage[]>
  acknowledge(key: ServiceAccountKey, subscription: string, ackIds: readonly string[]): Promise<void>
  /** Proves that the key works: an access token can be had. */
  checkKey(key: ServiceAccountKey): Promise<void>
}

/** Google, as far as we use it. Every method throws `ProviderRefusal` when Google refuses or does not answer within its deadline. */
export interface GoogleGateway {
  readonly endpoints: GoogleEndpoints
  readonly gmail: GmailGateway
  readonly calendar: CalendarGateway
  readonly pubsub: PubSubGateway
}
