import type { EventHandlers } from './context.ts'
import type {
  Authorize,
  Clock,
  Crypto,
  Fetch,
  JobRunner,
  KeyProvider,
  Logger,
  Random,
  SecretsProvider,
  Store,
  Telemetry,
} from './ports/index.ts'
import type { AnyProvider } from './providers/provider.ts'

export type Providers = Readonly<Record<string, AnyProvider>>

export interface TenantryOptions<P extends Providers> {
  /** Origin of the deployment, for example `https://app.example.com`. Configuration; never taken from a request. */
  readonly baseUrl: string
  /** Origin where Google reaches the push routes, when that is another one: a tunnel in development. Default `baseUrl`. */
  readonly pushUrl?: string
  /** Further origins of the host's own front ends, for return addresses and for the page that waits for a sign-in. */
  readonly origins?: readonly string[]
  /** Part of resource names, audiences and the encryption context: `production`, `staging`. */
  readonly environment: string
  readonly secrets: SecretsProvider
  readonly store: Store
  readonly jobs: JobRunner
  /** What the tenants' data keys are wrapped with. After its primary key was changed, call `sdk.secrets.rotateKeys()`. */
  readonly keys: KeyProvider
  /** The host's rule for every verb. Anything but `true` denies. */
  readonly authorize: Authorize
  readonly providers: P
  /**
   * How long a connection that is pushed to is left alone at most, in milliseconds, one minute to one day: a silent pipe is found that late at the
   * latest. Default the providers' own: 15 minutes for mailboxes, 30 for calendars. With a million connections, 6 hours cost 93 looks a second.
   */
  readonly lookEveryMs?: number
  /**
   * For how many connections each started process listens at most, where a provider can wait at the vendor (IMAP IDLE): each holds a connection open.
   * Whoever has no listener is looked at each minute. 0 to 10 000, default 200.
   */
  readonly listeners?: number
  readonly on?: EventHandlers
  /**
   * How long a handler of `on` may take, milliseconds, 100 to 120 000, default 60 000: it has a transaction open. One that takes longer counts as
   * failed, what it wrote in the transaction is rolled back, and what it writes in it later is refused.
   */
  readonly handlerTimeoutMs?: number
  readonly crypto?: Crypto
  readonly random?: Random
  readonly clock?: Clock
  readonly fetch?: Fetch
  readonly logger?: Logger
  readonly telemetry?: Telemetry
}
