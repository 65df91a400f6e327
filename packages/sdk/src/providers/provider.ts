import type { ErrorCode } from '../errors/index.ts'
import type { Account, Connection } from '../model/connection.ts'
import type { CalendarEvent } from '../model/calendar-event.ts'
import type { EventOrigin, MessageReceived } from '../model/events.ts'
import type { Clock, Crypto, Logger, Random, SecretsProvider, Store, SubscriptionRecord } from '../ports/index.ts'
import type { Principal } from '../model/principal.ts'
import type { JwtVerifier } from '../crypto/verify-jwt.ts'
import type { OAuthApp, Vendor } from '../vendors/vendor.ts'
import type { CheckDefinition } from './check.ts'
import type { Choice } from './choice.ts'
import type { Probed } from './probed.ts'

/** What the provider-neutral verbs lend to a provider. */
export interface ProviderPorts {
  readonly store: Store
  readonly secrets: SecretsProvider
  readonly crypto: Crypto
  readonly random: Random
  readonly clock: Clock
  readonly logger: Logger
  readonly environment: string
  /** Origin where the vendor posts notifications to. */
  readonly pushUrl: string
  /** HMAC-SHA-256 with a key of ours for this purpose only, base64url. @throws `unavailable` when the key provider is */
  keyedHash(purpose: string, text: string): Promise<string>
  /** Verifies tokens that the vendor signs, with its published keys. */
  readonly verifyVendorJwt: JwtVerifier
}

/** One connection at work: its row, its app bundle and the only door to its access token. */
export interface ProviderCall extends ProviderPorts {
  readonly connection: Connection
  /** A token that is valid now, of the first audience unless another is named. @throws the refresh's code */
  accessToken(audience?: string): Promise<string>
  /** The tenant's app. @throws `google_not_configured`, `microsoft_not_configured`, `unavailable`, `secrets_unreadable` */
  app(): Promise<OAuthApp>
  /** Keeps the row of a pipe before the vendor is asked to open it, so that whoever ends the connection knows of it. @throws when it has ended */
  keepPipe(record: SubscriptionRecord): Promise<void>
}

/** A resource of the vendor that takes tokens of its own, RFC 8707. */
export interface Audience {
  readonly name: string
  readonly scopes: readonly string[]
}

export interface OpenedSubscription {
  /** What to keep; `null` when the provider is polled. */
  readonly record: SubscriptionRecord | null
  /** Why there is no push; polling is healthy. */
  readonly pollingReason: ErrorCode | null
  /** Earlier pipes to stop once the new one is stored. */
  readonly retire: readonly SubscriptionRecord[]
  /** First cursor, for a feed whose place is told by the subscription; used only when none is stored. */
  readonly cursor?: string
  /** Settings as the vendor names them, when what was typed had to be looked up: labels by their ids. */
  readonly settings?: Readonly<Record<string, unknown>>
}

/** A mail as it is kept until delivery: what the provider says of it, and its bytes. Everything else is parsed from these when it is handed over. */
export interface PulledMessage {
  readonly type: 'message.received'
  readonly message: Pick<MessageReceived['message'], 'providerMessageId' | 'providerThreadId' | 'labelIds' | 'mailbox' | 'raw'>
}

/** A new thing in a feed of things that do not change, before it becomes an event: the verbs add tenant, connection and a stable id. */
export interface NewItem {
  /** Names the item within the connection: the same item has the same key in every pull. */
  readonly key: string
  /** Epoch milliseconds. */
  readonly occurredAt: number
  /** It has still to be fetched, by what names it at the provider. */
  readonly body: { readonly type: 'message.received'; readonly ref: string }
}

/** The present state of a thing that changes. The verbs know what the host was told of it, and tell what is new. */
export interface ItemState {
  readonly item: {
    /** Its name within the connection; at most 1500 ASCII characters. */
    readonly id: string
    /** Differs for every state: the same state is told once. */
    readonly version: string
    /** Differs when it takes place at another time. */
    readonly place: string
    /** It exists no longer. */
    readonly gone: boolean
    /** Whether the host is told of it when it knows nothing of it yet. */
    readonly wanted: boolean
    /** Of which item it is a part: whoever knows the whole is told of a part that changes, wanted or not. */
    readonly partOf?: string
  }
  /** Epoch milliseconds. */
  readonly occurredAt: number
  readonly body: {
    readonly type: 'calendar.changed'
    readonly change: CalendarEvent
    /** What it says itself: written by the host. The verbs know of more. */
    readonly own: boolean
    /** Why it cannot be handed over; it is set aside. */
    readonly unreadable?: ErrorCode
  }
}

export type Change = NewItem | ItemState

/** A message as it was fetched. */
export interface Fetched {
  /** Epoch milliseconds. */
  readonly occurredAt: number
  /** When it is not what the run that found it says: old mail that only got a label is `backfill`. */
  readonly origin?: EventOrigin
  readonly body: PulledMessage
}

export interface PulledPage {
  readonly changes: readonly Change[]
  /** Where the next pull starts once this page is stored; before the last page of a run, how to go on with the run. */
  readonly next: { readonly cursor: string } | { readonly resume: string }
  /** What keeps the connection from doing all that it is meant to do, although this page could be read. */
  readonly limit?: { readonly code: ErrorCode; readonly values?: Readonly<Record<string, string>> }
}

export interface FetchedNotifications {
  readonly notifications: readonly Notification[]
  /** Tells the vendor that they are durable here. */
  acknowledge(): Promise<void>
}

export interface PushRequest {
  /** What follows the push path, without the slash; empty when nothing does. */
  readonly key: string
  /** Of its address; absent when there was none. */
  readonly query?: URLSearchParams
  readonly headers: Headers
  readonly body: Uint8Array
}

/** A verified notification: whom it is for and how to tell it from its repetition. */
export interface Notification {
  readonly tenantId: string
  /** Whom it is for, within the tenant: one connection, or the mailbox of an address. */
  readonly to: { readonly connectionId: string } | { readonly address: string }
  readonly dedupeKey: string
  /** Proof of life only: acknowledge, and sync nothing. */
  readonly handshake: boolean
  /** What the notification tells of its pipe that was not known: kept with it. */
  readonly pipe?: SubscriptionRecord
  /** The vendor says that the pipe has to be opened or renewed now. */
  readonly repair?: boolean
}

/** What a provider's own verbs are lent. */
export interface VerbDoor {
  /** The connection at work, for whoever asks. @throws `not_found`, `forbidden`, the connection's reason when it cannot be used */
  open(options: { readonly connectionId: string; readonly principal?: Principal | undefined }): Promise<ProviderCall>
  /** Asks the vendor, once more with another token where it refused the first before its end. @throws our code for the vendor's refusal */
  ask<T>(call: ProviderCall, work: (accessToken: string) => Promise<T>, audience?: string): Promise<T>
  /**
   * Does something at the vendor once, however often it is asked with the same key: remembered for 35 days. `work` is told whether an earlier try left
   * nobody knowing how it ended, and gives back JSON. What it throws counts as doubt, save for a refusal by status 4xx, an error of ours that says what is
   * wrong or when to come back (`retryAfterMs`), and what `accessToken` or `app` threw; so nothing may fail it once the vendor has said yes.
   * @throws `idempotency_key_reused` for another `content` under the same key; `send_outcome_unknown` while another try is under way; what `work` throws
   */
  once<T extends object>(
    call: ProviderCall,
    input: { readonly key: string; readonly content: string },
    work: (attempt: { readonly inDoubt: boolean }) => Promise<T>,
  ): Promise<T>
  /** Remembers for 35 days that the host itself made the state of an item that the key names. */
  markOwn(call: ProviderCall, key: string): Promise<void>
}

/** How fast a vendor may be asked: so many requests in any such time. Tell 80 % of the vendor's limit: the rest is for people, the host and many processes. */
export interface Pace {
  readonly requests: number
  readonly perMs: number
}

/**
 * One kind of thing to connect. A provider is a folder; everything that two providers share is a verb in `connections/`.
 * Vendor refusals may be thrown as they are (`ProviderRefusal`); the verbs classify them through the vendor.
 */
export interface Provider<Settings extends object = object, Client = unknown, Verbs extends object = object> {
  readonly name: string
  readonly vendor: Vendor
  /** Which of the vendor's app credentials it uses. */
  readonly service: string
  /** Where the vendor sends the browser back to. */
  readonly callbackPath: string
  /** Where the vendor posts notifications to. */
  readonly pushPath: string
  /**
   * What tokens are for and which scopes of each must be granted; identity scopes are added by the vendor. The first audience is the one of the token
   * that a sign-in gives; most vendors know only one.
   */
  audiences(settings: Settings): readonly Audience[]
  /** Who holds the grant: the person who signs in, or the app itself by an admin's consent. Default the person. */
  grant?(settings: Settings): 'person' | 'app'
  /** Whether the settings pin the connection to an app of the host's, which is then the only one that serves it. Default the tenant's own. */
  isOnHostApp?(settings: Settings): boolean
  /** That app; `null` for the tenant's own. @throws `host_app_missing` */
  hostApp?(settings: Settings): OAuthApp | null
  /** Validates what came from outside. @throws `invalid_input` or a field's own code, with the field */
  parseSettings(input: Readonly<Record<string, unknown>>): Settings
  /** Whose sign-in is expected, if the settings say. */
  loginHint(settings: Settings): string | undefined
  /** The address of the thing itself, for a provider where another person signs in for it. Default the account's. */
  address?(settings: Settings): string
  /** Names the thing that a tenant may connect once: the mailbox, or account and calendar. */
  identity(settings: Settings, account: Account): string
  /**
   * Names what is read, for a provider where that can be chosen later. When it changes, reading begins anew, and what is not there any more is
   * told as gone.
   */
  feed?(settings: Settings): string
  /** Refuses a sign-in of the wrong person before anything is stored. @throws `account_mismatch` */
  checkAccount(settings: Settings, account: Account): void
  /** Reads the thing itself: the proof that the grant works. @throws `account_mismatch` when it is another's; else a refusal, which becomes a status */
  probe(call: ProviderCall): Promise<Probed>
  /** Proves the grant alone, for a provider whose own checks look at the thing itself. @throws ProviderRefusal */
  probeAccount?(call: ProviderCall): Promise<void>
  /** Opens or renews the push pipe, adopting what is there. */
  subscribe(call: ProviderCall, current: readonly SubscriptionRecord[]): Promise<OpenedSubscription>
  /** Stops a pipe at the vendor; one that is already gone counts as stopped. @throws when it cannot be stopped yet: asked again at each look until it ends */
  unsubscribe(call: ProviderCall, subscription: SubscriptionRecord): Promise<void>
  /**
   * How fast upkeep may ask for one account, and for all of a tenant's, whose project it is. Whoever has another quota lists
   * `{ ...gmail({ google }), pace }`. Without one only the vendor's own refusals hold it back.
   */
  readonly pace?: { readonly account: Pace; readonly project: Pace } | undefined
  /** Opening a pipe makes the vendor announce nothing, so that only news proves it; default false. */
  readonly quietPipe?: boolean
  /** How often to look without being told, in milliseconds: with a pipe, a check for silence; without one, the delivery itself. */
  readonly reconcileEveryMs: { readonly push: number; readonly polling: number }
  /** When a pipe has to be renewed, epoch milliseconds. */
  renewAt(subscription: SubscriptionRecord): number
  /** Where a pipe opened now would post to. When it is not what the stored one says, the pipe is opened anew; `null`: nothing to compare. */
  pipeTarget(call: ProviderCall): Promise<string | null>
  /**
   * A run is resumed with what its last stored page left, or begins with `null`; what cannot be resumed any more begins again. What a run
   * tells twice is kept once.
   */
  /** A place that is only a time, epoch milliseconds: where a feed begins that cannot be read yet. Not where `start` tells what was there before. */
  placeAt?(time: number): string
  /** The first pull, when there is no place yet: what was there before, if the provider imports that. */
  start(call: ProviderCall, resume: string | null): AsyncIterable<PulledPage>
  /** Changes since the cursor, page by page. @throws ProviderRefusal; one that the vendor classifies as `cursor_expired` leads to `recover` */
  pull(call: ProviderCall, cursor: string, resume: string | null): AsyncIterable<PulledPage>
  /** Reads again what a lost cursor hides, since a time in epoch milliseconds. Its first page is empty and pins the place where it will end. */
  recover(call: ProviderCall, since: number, resume: string | null): AsyncIterable<PulledPage>
  /** Reads a message that a page named; `null` when it is gone or not wanted (any more). @throws ProviderRefusal */
  fetch?(call: ProviderCall, ref: string): Promise<Fetched | null>
  /** An item, of those that the host knows, that a full listing did not show: what there is to tell. For a provider whose pages tell states. */
  describeGone?(call: ProviderCall, itemId: string): ItemState
  /** Names an item's state as `markOwn` was told it. */
  ownKey?(change: CalendarEvent): string
  /** What a person may choose from in the account, by the name of the setting: labels, calendars. */
  choices?(call: ProviderCall): Promise<Readonly<Record<string, readonly Choice[]>>>
  /** Fetches notifications instead of being posted to; `null` when this connection is not served that way. */
  fetchNotifications?(call: ProviderCall): Promise<FetchedNotifications | null>
  /** The checks that only this provider knows, after those that all connections share. */
  checks?(call: ProviderCall): readonly CheckDefinition[]
  /**
   * What to answer a vendor that only asks whether somebody is there, before anything is looked up; `null` for everything else. Sent as plain text.
   * @throws `invalid_input` for a question that is none
   */
  answerHandshake?(request: PushRequest): string | null
  /**
   * Proves a push and says whom its notifications are for; of several that came together the good ones.
   * @throws `push_unauthenticated` when none is; `push_malformed` for a genuine one that cannot be read, which is acknowledged
   */
  authenticatePush(ports: ProviderPorts, request: PushRequest): Promise<readonly Notification[]>
  /** Whether a connection with these settings is served by `listen`; default every one where it is there. Nothing is begun by asking. */
  listens?(settings: Settings): boolean
  /**
   * Waits at the vendor until something changes and tells of it, for a provider that can do so without a public address. Resolves when `signal` aborts;
   * absent, or `null`, for a connection that is not served that way.
   */
  listen?(call: ProviderCall, input: { readonly onChange: () => void; readonly signal: AbortSignal }): Promise<void> | null
  /** An authorized vendor client for everything else the host wants to call. */
  createClient(call: ProviderCall): Client
  /** Verbs that only this provider has, each returning a promise; they stand beside the shared ones under the name that the host gave it. */
  verbs?(door: VerbDoor): Verbs
}

/** A provider without its type parameters. Methods stay callable because the settings that come in were parsed by the provider itself. */
export type AnyProvider = Provider<object, unknown, object>
