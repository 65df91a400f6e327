import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { ProviderRefusal } from '../../../errors/index.ts'
import { googleScopes, parseServiceAccountKey } from '../../../model/index.ts'
import type { ServiceAccountKey } from '../../../model/index.ts'
import type { GoogleEndpoints, GoogleGateway, IamPolicy, UserCall } from '../../../ports/index.ts'

/** The part of a local Google that the suite needs: the second door. `createSandbox()` of `@tenantry/sandbox` fits as it is. */
export interface GoogleGatewayWorld {
  readonly fetch: (request: Request) => Promise<Response>
  readonly endpoints: GoogleEndpoints
  readonly clock: { now(): number; advance(ms: number): Promise<void> }
  readonly faults: { add(fault: GatewayFault): unknown; clear(): void }
  readonly requests: readonly {
    readonly operation: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }[]
  clearRequests(): void
  readonly google: {
    createProject(options?: { projectId?: string }): { projectId: string }
    setApi(projectId: string, api: 'gmail' | 'calendar' | 'pubsub', enabled: boolean): void
    setOrgPolicy(projectId: string, policy: { domainRestrictedSharing: boolean }): void
    grantRole(projectId: string, member: string, role: string): void
    createClient(options: { projectId: string; redirectUris: string[] }): { clientId: string; clientSecret: string }
    createServiceAccount(options: {
      projectId: string
      name?: string
      roles?: string[]
      permissions?: string[]
    }): Promise<{ email: string; keyJson(): string }>
    deleteServiceAccountKeys(email: string): void
    createAccount(options: { address: string; mail?: boolean; seed?: boolean; historyId?: string }): { address: string }
    grantConsent(answer: { address: string; clientId: string; redirectUri: string; scopes: string[] }): { code: string }
    expireAccessTokens(address: string): void
    deliverMail(address: string, mail: { eml: Uint8Array; labels?: string[] }): { id: string; threadId: string; historyId: string }
    deleteMessage(address: string, id: string): void
    changeLabels(address: string, id: string, change: { add?: string[]; remove?: string[] }): void
    createLabel(address: string, name: string): { id: string; name: string }
    expireHistory(address: string): void
    createCalendar(
      address: string,
      options: { summary: string; id?: string; timeZone?: string; pushable?: boolean; color?: string },
    ): { id: string }
    shareCalendar(owner: string, calendarId: string, address: string, role: 'freeBusyReader' | 'reader' | 'writer' | 'owner'): void
    createEvent(
      address: string,
      calendarId: string,
      event: { summary: string; start: number; end: number; transparency?: 'opaque' | 'transparent' },
    ): { id: string }
    updateEvent(address: string, calendarId: string, eventId: string, changes: { summary: string }): { id: string }
    cancelEvent(address: string, calendarId: string, eventId: string): void
    expireSyncTokens(address: string): void
  }
}

export interface GatewayFault {
  operation?: string | RegExp
  path?: string | RegExp
  times?: number
  kind: 'latency' | 'hang' | 'reset' | 'status' | 'body' | 'redirect'
  ms?: number
  status?: number
  body?: string
  headers?: Record<string, string>
  contentType?: string
  to?: string
}

export interface GoogleGatewayUnderTest {
  /** Uses the world's endpoints, fetch and clock. */
  readonly gateway: GoogleGateway
  readonly world: GoogleGatewayWorld
  /** How long the gateway waits for an answer, in milliseconds; short, because the suite waits as long. */
  readonly deadlineMs: number
  close(): Promise<void>
}

/** One world for all tests, a fresh mailbox for each. Read its fields inside of tests only. */
export interface Bench extends Readonly<Omit<GoogleGatewayUnderTest, 'close'>> {
  readonly projectId: string
  /** A service account with every right. */
  readonly key: ServiceAccountKey
  /** The mailbox of this test. */
  readonly address: string
  /** Its owner. */
  readonly user: UserCall
  issueToken(owner: string, scopes: readonly string[]): Promise<UserCall>
  /** Becomes the mailbox of this test. */
  createAccount(account?: { readonly mail?: boolean; readonly historyId?: string }): Promise<UserCall>
  /** Of another service account: with these roles, with exactly these permissions, or with every right. */
  createKey(grants?: { readonly roles?: string[]; readonly permissions?: string[] }): Promise<ServiceAccountKey>
  /** Pub/Sub over raw HTTP, as a person who owns the project: the second door. */
  askPubSub(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }>
  newName(kind: 'topics' | 'subscriptions', project?: string): string
  /** A topic with these bindings, or with Gmail as its publisher. */
  openTopic(bindings?: IamPolicy['bindings']): Promise<string>
  sent(operation: string): GoogleGatewayWorld['requests']
}

const redirectUri = 'https://app.example.com/api/auth/google/callback'

export const publisher = { role: 'roles/pubsub.publisher', members: ['serviceAccount:gmail-api-push@system.gserviceaccount.com'] }

/** Registers the hooks of the suite and gives what its tests work with. */
export function createBench(create: () => Promise<GoogleGatewayUnderTest>): Bench {
  let subject: GoogleGatewayUnderTest
  let client: { readonly clientId: string; readonly clientSecret: string }
  let projectId: string
  let key: ServiceAccountKey
  let address: string
  let user: UserCall
  let count = 0

  const bench: Bench = {
    get gateway() {
      return subject.gateway
    },
    get world() {
      return subject.world
    },
    get deadlineMs() {
      return subject.deadlineMs
    },
    get projectId() {
      return projectId
    },
    get key() {
      return key
    },
    get address() {
      return address
    },
    get user() {
      return user
    },
    async issueToken(owner, scopes) {
      const { code } = bench.world.google.grantConsent({ address: owner, clientId: client.clientId, redirectUri, scopes: [...scopes] })
      const form = {
        grant_type: 'authorization_code',
        code,
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uri: redirectUri,
      }
      const response = await bench.world.fetch(
        new Request(bench.world.endpoints.token, { method: 'POST', body: new URLSearchParams(form) }),
      )
      const { access_token: accessToken } = (await response.json()) as { access_token?: string }
      if (accessToken === undefined) throw new Error(`The world gave no token: ${response.status}`)
      return { accessToken }
    },
    async createAccount(account = {}) {
      count += 1
      address = bench.world.google.createAccount({ address: `person-${count}@acme.test`, seed: false, ...account }).address
      return bench.issueToken(address, [...googleScopes.gmail, ...googleScopes.calendar])
    },
    async createKey(grants) {
      count += 1
      const account = await bench.world.google.createServiceAccount({ projectId, name: `pusher-${count}`, ...grants })
      return parseServiceAccountKey(account.keyJson())
    },
    async askPubSub(method, path, body) {
      const owner = `owner-${projectId}@acme.test`
      const { accessToken } = await bench.issueToken(owner, googleScopes.pubsub)
      const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
      const response = await bench.world.fetch(
        new Request(`${bench.world.endpoints.pubsub}/${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) }),
      )
      return { status: response.status, body: await response.json() }
    },
    newName(kind, project = projectId) {
      count += 1
      return `projects/${project}/${kind}/tenantry-${count}`
    },
    async openTopic(bindings = [publisher]) {
      const { pubsub } = bench.gateway
      const topic = bench.newName('topics')
      await pubsub.createTopic(key, topic, {})
      await pubsub.setTopicPolicy(key, topic, { ...(await pubsub.getTopicPolicy(key, topic)), bindings })
      return topic
    },
    sent: (operation) => bench.world.requests.filter((request) => request.operation === operation),
  }

  beforeAll(async () => {
    subject = await create()
    projectId = bench.world.google.createProject().projectId
    client = bench.world.google.createClient({ projectId, redirectUris: [redirectUri] })
    const owner = bench.world.google.createAccount({ address: `owner-${projectId}@acme.test`, seed: false }).address
    for (const role of ['roles/pubsub.admin', 'roles/iam.serviceAccountUser'])
      bench.world.google.grantRole(projectId, `user:${owner}`, role)
    key = await bench.createKey()
  })
  beforeEach(async () => {
    user = await bench.createAccount()
    bench.world.clearRequests()
  })
  afterEach(() => bench.world.faults.clear())
  afterAll(() => subject.close())
  return bench
}

/** Expects a refusal and gives it. */
export async function refusal(answer: Promise<unknown>): Promise<ProviderRefusal> {
  const outcome = await answer.then(
    () => 'an answer',
    (error: unknown) => error,
  )
  if (!(outcome instanceof ProviderRefusal)) throw new Error(`Expected a ProviderRefusal, got ${print(outcome)}`)
  return outcome
}

/** Everything that a log could print of it. */
export function print(error: unknown): string {
  const fields =
    typeof error === 'object' && error !== null ? Object.getOwnPropertyNames(error).map((name) => String(Reflect.get(error, name))) : []
  return [String(error), JSON.stringify(error), ...fields].join('\n')
}

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
