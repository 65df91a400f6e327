import { createCalendarOperations } from './calendar/calendar-operations.ts'
import { createChannelOperations } from './calendar/channel-operations.ts'
import { createEventOperations } from './calendar/event-operations.ts'
import { resumeChannels } from './calendar/notify-channels.ts'
import { createVirtualClock } from './clock/virtual-clock.ts'
import type { VirtualClock } from './clock/virtual-clock.ts'
import { createConsole } from './console/create-console.ts'
import { createFaultBook } from './faults/fault-book.ts'
import type { Fault } from './faults/fault-book.ts'
import { createGoogleWorld } from './google/create-google-world.ts'
import type { GoogleWorld } from './google/google-world.ts'
import { createHistoryOperations } from './gmail/history-operation.ts'
import { createMessageOperations } from './gmail/message-operations.ts'
import { createProfileOperations } from './gmail/profile-operations.ts'
import { createWatchOperations } from './gmail/watch-operations.ts'
import { createRouter } from './http/create-router.ts'
import { createMicrosoftEndpoints } from './microsoft/clouds.ts'
import type { CloudName, MailServer, MicrosoftCloudEndpoints } from './microsoft/clouds.ts'
import { createMicrosoftOperations } from './microsoft/create-microsoft-operations.ts'
import { resumeNotifications } from './microsoft/subscriptions/queue-notification.ts'
import { createMicrosoftWorld } from './microsoft/world/create-microsoft-world.ts'
import type { MicrosoftWorld } from './microsoft/world/microsoft-world.ts'
import { createAuthorizeOperations } from './oauth/authorize.ts'
import { createTokenOperations } from './oauth/token.ts'
import { createTokenServiceOperations } from './oauth/token-services.ts'
import { createBuiltinBackend } from './pubsub/builtin-backend.ts'
import { createEmulatorBackend } from './pubsub/emulator-backend.ts'
import { createIamOperations } from './pubsub/iam-operations.ts'
import { createSubscriptionOperations } from './pubsub/subscription-operations.ts'
import { createTopicOperations } from './pubsub/topic-operations.ts'
import { createBackground } from './state/background.ts'
import { createEmptyState } from './state/sandbox-state.ts'
import type { Rotation } from './state/oauth-state.ts'
import type { SandboxState } from './state/sandbox-state.ts'
import type { RecordedDelivery, RecordedRequest, World } from './state/world.ts'

export interface SandboxOptions {
  /** Where it is served; default `http://localhost:4010`. */
  origin?: string
  /** Default: real time. */
  clock?: VirtualClock
  /** How pushes leave; default `globalThis.fetch`. */
  deliver?: (request: Request) => Promise<Response>
  /** Public https origin -> real origin: a tunnel for outgoing pushes. */
  network?: Record<string, string>
  /** `emulator` is the base URL of Google's Pub/Sub emulator. */
  pubsub?: 'builtin' | { emulator: string }
  /** Mail servers that belong to the Microsoft of this sandbox; default none that answers. */
  microsoft?: { imap?: MailServer; smtp?: MailServer }
  /** How refresh tokens change; default as in `state`, and without one as at Google, which keeps them, and at Microsoft, which replaces them. */
  rotation?: Rotation
  /** From `snapshot()`. */
  state?: SandboxState
}

/** Google and Microsoft on localhost. */
export interface Sandbox {
  /** Serves every vendor URL `https://HOST/path` at `{origin}/HOST/path`. Rejects like `fetch` when a fault breaks the connection. */
  fetch(request: Request): Promise<Response>
  readonly endpoints: Record<'authorization' | 'token' | 'revocation' | 'jwks' | 'gmail' | 'calendar' | 'pubsub', string>
  readonly clock: VirtualClock
  readonly google: GoogleWorld
  readonly microsoft: MicrosoftWorld
  /** Per cloud; all of them show the same world. */
  readonly microsoftEndpoints: Record<CloudName, MicrosoftCloudEndpoints>
  readonly faults: { add(fault: Fault): { remove(): void; hits(): number }; clear(): void }
  readonly requests: readonly RecordedRequest[]
  readonly deliveries: readonly RecordedDelivery[]
  clearRequests(): void
  clearDeliveries(): void
  snapshot(): SandboxState
  /** Resolves when all immediate pushes have been delivered. */
  settled(): Promise<void>
}

/** Creates a Google and a Microsoft that live in memory; `onChange` hears of everything worth saving. */
export function createSandbox(options: SandboxOptions = {}, onChange: () => void = () => {}): Sandbox {
  const state = options.state ? structuredClone(options.state) : createEmptyState()
  state.rotation = options.rotation ?? state.rotation
  state.microsoft.rotation = options.rotation ?? state.microsoft.rotation
  const clock = options.clock ?? createVirtualClock({ now: Date.now() + state.clockOffset })
  const origin = (options.origin ?? 'http://localhost:4010').replace(/\/$/, '')
  const getWorld = () => world
  const world: World = {
    state,
    clock,
    origin,
    network: options.network ?? {},
    deliver: options.deliver ?? ((request) => globalThis.fetch(request)),
    faults: createFaultBook(),
    requests: [],
    deliveries: [],
    background: createBackground(clock),
    pubsub: typeof options.pubsub === 'object' ? createEmulatorBackend(getWorld, options.pubsub.emulator) : createBuiltinBackend(getWorld),
    changed: onChange,
  }
  const google = createGoogleWorld(world)
  const microsoft = createMicrosoftWorld(world)
  const operations = [
    ...createAuthorizeOperations(world),
    ...createTokenOperations(world),
    ...createTokenServiceOperations(world),
    ...createProfileOperations(world),
    ...createMessageOperations(world),
    ...createHistoryOperations(world),
    ...createWatchOperations(world),
    ...createCalendarOperations(world),
    ...createEventOperations(world),
    ...createChannelOperations(world),
    ...createTopicOperations(world),
    ...createIamOperations(world),
    ...createSubscriptionOperations(world),
    ...createMicrosoftOperations(world),
  ]
  world.background.at(clock.now(), () => world.pubsub.resume())
  resumeChannels(world)
  resumeNotifications(world)
  return {
    fetch: createRouter(world, operations, createConsole(world, google, microsoft)),
    endpoints: {
      authorization: `${origin}/accounts.google.com/o/oauth2/v2/auth`,
      token: `${origin}/oauth2.googleapis.com/token`,
      revocation: `${origin}/oauth2.googleapis.com/revoke`,
      jwks: `${origin}/www.googleapis.com/oauth2/v3/certs`,
      gmail: `${origin}/gmail.googleapis.com`,
      calendar: `${origin}/www.googleapis.com/calendar/v3`,
      pubsub: `${origin}/pubsub.googleapis.com/v1`,
    },
    clock,
    google,
    microsoft,
    microsoftEndpoints: createMicrosoftEndpoints(origin, options.microsoft ?? {}),
    faults: { add: world.faults.add, clear: world.faults.clear },
    requests: world.requests,
    deliveries: world.deliveries,
    clearRequests: () => {
      world.requests.length = 0
    },
    clearDeliveries: () => {
      world.deliveries.length = 0
    },
    snapshot: () => structuredClone({ ...state, clockOffset: clock.frozen ? 0 : clock.now() - Date.now() }),
    settled: () => world.background.settled(),
  }
}
