import { createTenantry } from '../create-tenantry.ts'
import type { Tenantry, TenantryCore } from '../create-tenantry.ts'
import type { Providers, TenantryOptions } from '../tenantry-options.ts'
import { isTenantryError } from '../errors/index.ts'
import type { TenantryEvent } from '../model/events.ts'
import type { Principal } from '../model/principal.ts'
import type { Clock, GoogleGateway, SecretsProvider, Store } from '../ports/index.ts'
import type { Provider } from '../providers/provider.ts'
import { gmail } from '../providers/gmail/gmail.ts'
import type { GmailClient } from '../providers/gmail/gmail.ts'
import type { GmailPushOptions } from '../providers/gmail/push/options.ts'
import type { GmailSettings } from '../providers/gmail/settings.ts'
import { googleCalendar } from '../providers/google-calendar/google-calendar.ts'
import type { GoogleCalendarProvider } from '../providers/google-calendar/google-calendar.ts'
import { createManualJobs } from './memory/manual-jobs.ts'
import type { ManualJobs } from './memory/manual-jobs.ts'
import { createMemoryKeys } from './memory/memory-keys.ts'
import { createMemorySecrets } from './memory/memory-secrets.ts'
import { createSilentLogger } from './memory/silent-logger.ts'
import type { SilentLogger } from './memory/silent-logger.ts'
import { createMemoryStore } from './memory/store/memory-store.ts'
import type { TestSandbox } from './test-sandbox.ts'

export type GoogleProviders = {
  readonly gmail: Provider<GmailSettings, GmailClient>
  readonly calendar: GoogleCalendarProvider
}

type NoProviders = Readonly<Record<never, never>>

export interface TestTenantryOptions<More extends Providers = NoProviders> extends Partial<
  Omit<TenantryOptions<GoogleProviders>, 'providers' | 'store' | 'secrets' | 'clock'>
> {
  readonly sandbox: TestSandbox
  /** A gateway that talks to the sandbox. */
  readonly google: GoogleGateway
  readonly store?: Store
  readonly secrets?: SecretsProvider
  readonly clock?: Clock
  /** How notifications travel. */
  readonly gmail?: GmailPushOptions
  /** Beside those of Google. */
  readonly providers?: More
  /** Whether upkeep keeps within the vendors' limits. Default `false`, because on a clock that stands still a budget that is used up stays so. */
  readonly paced?: boolean
}

/** A whole sdk against the sandbox, on the sandbox's clock. */
export interface TestTenantry<More extends Providers = NoProviders> {
  readonly sdk: Tenantry<GoogleProviders & More>
  readonly sandbox: TestSandbox
  readonly store: Store
  readonly secrets: SecretsProvider
  readonly jobs: ManualJobs
  readonly logger: SilentLogger
  /** What the host's handlers got, unless `on` was given. */
  readonly events: TenantryEvent[]
  /** Does due work until none is left. */
  settle(): Promise<void>
  /** A push door without an HTTP adapter, to hand to the sandbox as `deliver`. */
  receivePush(request: Request): Promise<Response>
}

export const testPrincipal: Principal = { tenantId: 'acme', userId: 'dana', displayName: 'Dana' }

/** Makes an sdk on memory adapters, with everything that a test may want to look at. */
export function createTestTenantry<More extends Providers = NoProviders>(options: TestTenantryOptions<More>): TestTenantry<More> {
  const {
    sandbox,
    google,
    store = createMemoryStore(),
    secrets = createMemorySecrets({ now: () => sandbox.clock.now() }),
    gmail: push = {},
    providers,
    paced = false,
    ...rest
  } = options
  const pace = paced ? {} : { pace: undefined }
  const jobs = createManualJobs()
  const logger = createSilentLogger()
  const events: TenantryEvent[] = []
  const collect = (event: TenantryEvent): void => {
    events.push(event)
  }
  const sdk = createTenantry<GoogleProviders & More>({
    baseUrl: 'https://app.example.com',
    environment: 'test',
    keys: createMemoryKeys(),
    clock: sandbox.clock,
    fetch: (request) => sandbox.fetch(request),
    authorize: () => true,
    jobs,
    logger,
    on: {
      'message.received': collect,
      'calendar.changed': collect,
      'connection.gap_recovered': collect,
      'connection.item_skipped': collect,
      'connection.sign_in_ending': collect,
      'connection.connected': collect,
      'connection.needs_reauth': collect,
      'connection.blocked_by_app': collect,
      'connection.degraded': collect,
      'connection.error': collect,
      'connection.paused': collect,
      'connection.disconnected': collect,
    },
    ...rest,
    store,
    secrets,
    providers: {
      gmail: { ...gmail({ google, ...push }), ...pace },
      calendar: { ...googleCalendar({ google }), ...pace },
      ...(providers as More),
    },
  })
  return {
    sdk,
    sandbox,
    store,
    secrets,
    jobs,
    logger,
    events,
    settle: () => settle(sdk, sandbox),
    receivePush: (request) => receivePush(sdk, request),
  }
}

const rounds = 50

async function settle(sdk: TenantryCore, sandbox: TestSandbox): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await sandbox.settled()
    const { claimed, nextWakeAt } = await sdk.maintenance.sweep()
    if (claimed === 0 && (nextWakeAt === null || nextWakeAt > sandbox.clock.now())) return
  }
  throw new Error('the work did not settle: some task makes itself due again and again')
}

async function receivePush(sdk: TenantryCore, request: Request): Promise<Response> {
  const { pathname, searchParams: query } = new URL(request.url)
  const path = sdk.pushPaths.find((candidate) => pathname === candidate || pathname.startsWith(`${candidate}/`))
  if (path === undefined) return new Response(null, { status: 404 })
  try {
    const { answer } = await sdk.push.receive({
      path,
      key: pathname.slice(path.length + 1),
      query,
      headers: request.headers,
      body: new Uint8Array(await request.arrayBuffer()),
    })
    return answer === null ? new Response(null, { status: 204 }) : new Response(answer, { headers: { 'content-type': 'text/plain' } })
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return new Response(null, { status: error.httpStatus })
  }
}
