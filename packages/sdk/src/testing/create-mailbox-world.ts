import { newConnection } from '../connections/new-connection.ts'
import { sealGrant } from '../connections/seal-grant.ts'
import { createContext } from '../create-context.ts'
import { createTenantry } from '../create-tenantry.ts'
import type { Tenantry } from '../create-tenantry.ts'
import type { Account } from '../model/connection.ts'
import type { TenantryEvent } from '../model/events.ts'
import type { MicrosoftCloud } from '../model/microsoft-setup.ts'
import { Secret } from '../model/secret.ts'
import type { GraphGateway, MailTransports, MicrosoftEndpoints, MicrosoftGateway, Store } from '../ports/index.ts'
import {
  createManualClock,
  createManualJobs,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createSilentLogger,
} from './memory/index.ts'
import type { ManualClock, SilentLogger } from './memory/index.ts'
import { choiceOf } from '../providers/microsoft-shared-mailbox/settings.ts'
import type { SharedMailboxSettings } from '../providers/microsoft-shared-mailbox/settings.ts'
import { microsoftSharedMailbox } from '../providers/microsoft-shared-mailbox/microsoft-shared-mailbox.ts'
import type { SharedMailboxOptions, SharedMailboxProvider } from '../providers/microsoft-shared-mailbox/microsoft-shared-mailbox.ts'

export const directoryId = '11111111-2222-4333-8444-555555555555'
export const delegate: Account = { subject: `${directoryId}/99999999-2222-4333-8444-555555555555`, address: 'dana@acme.test' }
export const mailbox = 'sales@acme.test'

const hourMs = 60 * 60_000

export interface MailboxWorld {
  readonly sdk: Tenantry<{ readonly sharedMailbox: SharedMailboxProvider }>
  readonly provider: SharedMailboxProvider
  readonly store: Store
  readonly clock: ManualClock
  readonly logger: SilentLogger
  readonly events: TenantryEvent[]
  /** Tokens that were asked for, by their scopes. */
  readonly refreshed: string[]
  /** A connection as it is after a sign-in. @returns its id */
  connect(settings?: Partial<SharedMailboxSettings>, account?: Account): Promise<string>
  /** Does due work until none is left. */
  settle(): Promise<void>
}

type Parts = Omit<Partial<SharedMailboxOptions>, 'microsoft' | 'mail'> & {
  readonly graph?: Partial<GraphGateway>
  /** Whose a domain is; default: nobody's that Entra knows. */
  readonly findDirectory?: MicrosoftGateway['findDirectory']
  readonly mail?: Partial<MailTransports>
  readonly store?: Store
}

/** A whole sdk with the provider, where Microsoft is what a test says it is; whatever it does not say fails the test. */
export function createMailboxWorld({
  graph = {},
  mail = {},
  store = createMemoryStore(),
  findDirectory = async () => null,
  ...choices
}: Parts = {}): MailboxWorld {
  const clock = createManualClock()
  const logger = createSilentLogger()
  const events: TenantryEvent[] = []
  const refreshed: string[] = []
  const provider = microsoftSharedMailbox({
    microsoft: { endpoints: clouds, graph: unless(graph, 'graph'), findDirectory },
    mail: { composer: unless({}, 'composer'), ...mail },
    ...choices,
  })
  const collect = (event: TenantryEvent): void => {
    events.push(event)
  }
  const options = {
    baseUrl: 'https://app.example.com',
    environment: 'test',
    store,
    secrets: createMemorySecrets(),
    jobs: createManualJobs(),
    keys: createMemoryKeys(),
    clock,
    logger,
    authorize: () => true,
    fetch: async (request: Request) => {
      const scope = new URLSearchParams(await request.text()).get('scope') ?? ''
      refreshed.push(scope)
      return Response.json({ token_type: 'Bearer', scope, expires_in: 3600, access_token: `EXAMPLE_token_${refreshed.length}` })
    },
    on: {
      'message.received': collect,
      'connection.gap_recovered': collect,
      'connection.degraded': collect,
      'connection.connected': collect,
    },
    providers: { sharedMailbox: { ...provider, pace: undefined } },
  }
  const sdk = createTenantry(options)
  const connect = async (settings: Partial<SharedMailboxSettings> = {}, account = delegate): Promise<string> => {
    const context = createContext(options)
    await options.secrets.put({ tenantId: 'acme', name: 'microsoft' }, bundle, 'absent')
    const parsed = provider.parseSettings({ mailbox, ...settings })
    const given = { tenantId: 'acme', provider: provider.name, ownerUserId: 'dana', ownerName: null, name: 'Sales', appVersion: 'v1' }
    const connection = { ...newConnection(context, { ...given, settings: { ...parsed } }), account, status: 'connected' as const }
    const token = (name: string) => ({ token: `EXAMPLE_${name}`, expiresAt: clock.now() + hourMs })
    const [first, ...others] = choiceOf(parsed).audiences.map(({ name }) => name)
    const access = { first: token(first ?? ''), others: Object.fromEntries(others.map((name) => [name, token(name)])) }
    const facts = { version: 1, grantedAt: clock.now(), refreshExpiresAt: null }
    await store.connections.insert(connection)
    await store.tokens.put(
      await sealGrant(
        context.envelope,
        { tenantId: 'acme', connectionId: connection.id },
        { access, refreshToken: new Secret('EXAMPLE_refresh') },
        facts,
      ),
    )
    await store.tasks.schedule({ tenantId: 'acme', connectionId: connection.id, kind: 'provision', dueAt: clock.now() })
    return connection.id
  }
  return { sdk, provider, store, clock, logger, events, refreshed, connect, settle: () => settle(sdk, clock) }
}

const bundle = new Secret(
  JSON.stringify({
    cloud: 'global',
    clientId: '22222222-2222-4333-8444-555555555555',
    clientSecret: 'EXAMPLE_secret',
    directoryId,
    stamps: {},
  }),
)

const cloud = (name: string): MicrosoftEndpoints => ({
  login: `https://login.${name}.test`,
  graph: `https://graph.${name}.test`,
  resources: { graph: `https://graph.${name}.test`, outlook: `https://outlook.${name}.test` },
  imap: { host: `imap.${name}.test`, port: 993, security: 'tls' },
  smtp: { host: `smtp.${name}.test`, port: 587, security: 'starttls' },
})

const clouds: Readonly<Record<MicrosoftCloud, MicrosoftEndpoints>> = {
  global: cloud('global'),
  us_gov_high: cloud('high'),
  us_gov_dod: cloud('dod'),
  china: cloud('china'),
}

/** What is given, and a method that says that nobody expected it for everything else. */
export function unless<T extends object>(given: Partial<T>, name: string): T {
  return new Proxy(given, {
    get(target, key) {
      const known: unknown = Reflect.get(target, key)
      if (known !== undefined || typeof key === 'symbol' || key === 'then') return known
      return () => {
        throw new Error(`nobody expected ${name}.${key} to be called`)
      }
    },
  }) as T
}

async function settle(sdk: MailboxWorld['sdk'], clock: ManualClock): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    const { claimed, nextWakeAt } = await sdk.maintenance.sweep()
    if (claimed === 0 && (nextWakeAt === null || nextWakeAt > clock.now())) return
  }
  throw new Error('the work did not settle: some task makes itself due again and again')
}
