import { createTenantry, gmail } from '@tenantry/sdk'
import type { GoogleGateway, Store } from '@tenantry/sdk/ports'
import { createManualJobs, createMemoryKeys, createMemorySecrets, createMemoryStore } from '@tenantry/sdk/testing'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { startPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { median, spread } from './figure.ts'
import type { Figure } from './figure.ts'
import { startSandboxProcess } from './sandbox-process.ts'
import type { SandboxProcess } from './sandbox-process.ts'

const rounds = 5
const messages = 1_000
const bytes = 4_000
const principal = { tenantId: 'acme', userId: 'dana' }
const address = 'support@acme.test'
const baseUrl = 'http://localhost:3000'

/**
 * A sync against a bare loop of history.list and messages.get that keeps nothing: until the message is durable, and until the host's handler had
 * it. On memory that is the sdk's own work; on PostgreSQL the host's database does its part.
 */
export async function benchGmailSync(): Promise<Figure[]> {
  const server = await startPostgres()
  const onMemory = await measure(createMemoryStore())
  const onPostgres = await measure(createPostgresStore({ connectionString: server.connectionString }))
  await server.stop()
  const title = 'against a bare history.list + messages.get loop'
  return [
    {
      title: `Gmail sync (list, fetch, seal, store, parse, hand over), memory, ${title}`,
      ratio: median(onMemory.handed) / median(onMemory.bare),
      goal: '>= 0.6',
      detail: describeRates(onMemory.handed, onMemory.bare),
    },
    {
      title: `Gmail sync until durable (list, fetch, seal, store), PostgreSQL, ${title}`,
      ratio: median(onPostgres.stored) / median(onPostgres.bare),
      goal: '>= 0.7',
      detail: `${describeRates(onPostgres.stored, onPostgres.bare)}; handed over one by one, a transaction each: ${spread(onPostgres.handed, 'messages/s')}`,
    },
  ]
}

interface Rates {
  readonly stored: number[]
  readonly handed: number[]
  readonly bare: number[]
}

function describeRates(ours: readonly number[], bare: readonly number[]): string {
  return `${spread(ours, 'messages/s')} against ${spread(bare, 'messages/s')}, ${rounds} rounds of ${messages} messages of ${bytes / 1000} kB, sandbox in a process of its own`
}

async function measure(store: Store): Promise<Rates> {
  const sandbox = await startSandboxProcess()
  const google = createGoogleGateway({ endpoints: sandbox.endpoints, crypto: createNodeCrypto(), clock: { now: () => Date.now() } })
  let handed = 0
  const sdk = createSdk(store, google, () => {
    handed += 1
  })
  await store.migrate()
  const connectionId = await connect(sandbox, sdk)
  const sweepAll = async () => {
    while ((await sdk.maintenance.sweep({ budgetMs: 60_000 })).claimed > 0);
  }
  await sweepAll()
  const { gateway, accessToken } = await sdk.gmail.client({ connectionId })
  const rates: Rates = { stored: [], handed: [], bare: [] }
  for (let round = 0; round <= rounds; round += 1) {
    const { historyId } = await gateway.getProfile({ accessToken: await accessToken() })
    await sandbox.deliver(address, messages, bytes)
    const expected = handed + messages
    await sdk.gmail.sync({ principal, connectionId })
    const begun = performance.now()
    // The most overdue task is the sync, or the regular look that does the same.
    await sdk.maintenance.sweep({ maxItems: 1, budgetMs: 60_000 })
    const storedMs = performance.now() - begun
    await sweepAll()
    const handedMs = performance.now() - begun
    const bare = await rateOf(() => readBare(sandbox, historyId, accessToken))
    if (handed !== expected) throw new Error(`${expected - handed} messages are missing`)
    // The first round warms everything up.
    if (round === 0) continue
    rates.stored.push((messages * 1_000) / storedMs)
    rates.handed.push((messages * 1_000) / handedMs)
    rates.bare.push(bare)
  }
  await store.close()
  sandbox.stop()
  return rates
}

function createSdk(store: Store, google: GoogleGateway, onMessage: () => void) {
  return createTenantry({
    baseUrl,
    environment: 'bench',
    store,
    secrets: createMemorySecrets(),
    keys: createMemoryKeys(),
    jobs: createManualJobs(),
    crypto: createNodeCrypto(),
    authorize: () => true,
    // No account may be asked so fast; what is measured is how fast the sdk would be.
    providers: { gmail: { ...gmail({ google }), pace: undefined } },
    on: { 'message.received': onMessage },
  })
}

/** What anyone would write first: one request after the other, no checks, nothing kept. */
async function readBare(sandbox: SandboxProcess, startHistoryId: string, token: () => Promise<string>): Promise<void> {
  const headers = { authorization: `Bearer ${await token()}` }
  const me = `${sandbox.endpoints.gmail}/gmail/v1/users/me`
  let pageToken = ''
  let read = 0
  do {
    const page = await (
      await fetch(`${me}/history?startHistoryId=${startHistoryId}&historyTypes=messageAdded&maxResults=500${pageToken}`, { headers })
    ).json()
    for (const { messagesAdded = [] } of page.history ?? []) {
      for (const { message } of messagesAdded) {
        const { raw } = await (await fetch(`${me}/messages/${message.id}?format=raw`, { headers })).json()
        if (Buffer.from(raw, 'base64url').byteLength > 0) read += 1
      }
    }
    pageToken = page.nextPageToken === undefined ? '' : `&pageToken=${page.nextPageToken}`
  } while (pageToken !== '')
  if (read !== messages) throw new Error(`the bare loop read ${read} messages`)
}

async function connect(sandbox: SandboxProcess, sdk: ReturnType<typeof createSdk>): Promise<string> {
  await sandbox.act('createAccount', { address })
  const { projectId } = await sandbox.act('createProject', { publishing: 'production' })
  const { clientId, clientSecret } = await sandbox.act('createClient', { projectId, redirectUris: [`${baseUrl}/api/auth/google/callback`] })
  const replace = (value: string) => ({ action: 'replace', value }) as const
  await sdk.google.save({
    principal,
    changes: { notifications: 'polling', projectId: replace(projectId), clientId: replace(clientId), clientSecret: replace(clientSecret) },
  })
  const begun = await sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox: address } })
  const { redirectTo } = await sandbox.act('grantConsent', { address, authorizationUrl: begun.authorizationUrl })
  const url = new URL(redirectTo)
  const [cookie = '', value] = (begun.setCookie.split(';')[0] ?? '').split('=')
  await sdk.flows.complete({
    callbackPath: url.pathname,
    params: url.searchParams,
    cookie: (wanted) => (wanted === cookie ? value : undefined),
    principal,
  })
  return begun.connectionId
}

async function rateOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (messages * 1_000) / (performance.now() - begun)
}
