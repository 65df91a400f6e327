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

export interface UserCall {
  readonly accessToken: string
}

export interface GmailHistoryPage {
  readonly historyId: string
  readonly nextPageToken: string | null
  readonly added: readonly { readonly messageId: string; readonly threadId: string; readonly labelIds: readonly string[] }[]
}

export interface GmailMessage {
  readonly id: string
  readonly threadId: string
  readonly labelIds: readonly string[]
  /** Epoch milliseconds. */
  readonly internalDate: number
  readonly raw: Uint8Array
}

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
  getMessage(call: UserCall, id: string): Promise<GmailMessage>
  listMessages(
    call: UserCall,
    input: { query: string; labelIds?: readonly string[]; pageToken?: string },
  ): Promise<{ ids: readonly string[]; nextPageToken: string | null }>
}

/** An event resource as Google sends it; read defensively. */
export type GoogleCalendarEvent = Readonly<Record<string, unknown>>

export interface CalendarGateway {
  listCalendars(
    call: UserCall,
  ): Promise<readonly { id: string; name: string; color: string | null; accessRole: string; primary: boolean; timeZone: string | null }[]>
  getCalendar(call: UserCall, calendarId: string): Promise<{ id: string; name: string; timeZone: string | null }>
  listEvents(
    call: UserCall,
    input: { calendarId: string; syncToken?: string; pageToken?: string; timeMin?: string; maxResults?: number },
  ): Promise<{ events: readonly GoogleCalendarEvent[]; nextPageToken: string | null; nextSyncToken: string | null }>
  watchEvents(
    call: UserCall,
    input: { calendarId: string; channelId: string; token: string; address: string; ttlSeconds: number },
  ): Promise<{ resourceId: string; expiresAt: number }>
  /** A channel that is already gone counts as stopped. */
  stopChannel(call: UserCall, input: { channelId: string; resourceId: string }): Promise<void>
}

export interface IamPolicy {
  readonly etag?: string
  readonly version?: number
  readonly bindings?: readonly { readonly role: string; readonly members: readonly string[]; readonly condition?: unknown }[]
}

export interface PubSubSubscription {
  readonly name: string
  readonly topic: string
  readonly pushEndpoint: string | null
  readonly audience: string | null
  readonly signer: string | null
}

/** Pub/Sub with the tenant's own service account. Names are full resource names. A missing resource is `null`. */
export interface PubSubGateway {
  getTopic(key: ServiceAccountKey, topic: string): Promise<{ name: string } | null>
  createTopic(key: ServiceAccountKey, topic: string, labels: Readonly<Record<string, string>>): Promise<void>
  getTopicPolicy(key: ServiceAccountKey, topic: string): Promise<IamPolicy>
  /** @throws ProviderRefusal with status 409 when the etag is old */
  setTopicPolicy(key: ServiceAccountKey, topic: string, policy: IamPolicy): Promise<void>
  getSubscription(key: ServiceAccountKey, subscription: string): Promise<PubSubSubscription | null>
  createSubscription(
    key: ServiceAccountKey,
    input: PubSubSubscription & { readonly labels: Readonly<Record<string, string>> },
  ): Promise<void>
  modifyPush(key: ServiceAccountKey, input: PubSubSubscription): Promise<void>
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
