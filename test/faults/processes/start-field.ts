import { createVirtualClock } from '@tenantry/sandbox'
import type { RecordedRequest } from '@tenantry/sandbox'
import { startSandbox } from '@tenantry/sandbox/node'
import type { GoogleEndpoints } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import { startPostgres, whyNoPostgres } from '../../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { startFaultProxy } from '../proxy/start-fault-proxy.ts'
import { baseUrl, createHost } from './create-host.ts'
import type { HostInput, KeyId } from './create-host.ts'
import { isBuilt, startWorker } from './start-worker.ts'
import type { Worker } from './start-worker.ts'

const minute = 60_000
export const principal = { tenantId: 'acme', userId: 'dana' }

/** Why workers cannot run here, or `null` when they can. @throws Error where they must */
export function whyNoWorkers(): string | null {
  const reason = whyNoPostgres() ?? (isBuilt() ? null : 'the packages are not built')
  if (reason !== null && process.env['TENANTRY_REQUIRE_REAL'] === '1') throw new Error(`workers cannot be tested: ${reason}`)
  return reason
}

export type Field = Awaited<ReturnType<typeof startField>>

/**
 * Where workers work: PostgreSQL and Google, each behind a proxy whose network can fail, and a tenant whose app is set up. What the test
 * itself does goes past the proxies.
 */
export async function startField() {
  const server = await startPostgres()
  const clock = createVirtualClock({ now: Date.now() })
  // Nobody listens to pushes: what is not polled is not found.
  const { sandbox, origin, stop } = await startSandbox({
    port: 0,
    seed: false,
    clock,
    deliver: async () => new Response(null, { status: 204 }),
  })
  const address = new URL(server.connectionString)
  const database = await startFaultProxy({ to: { host: '127.0.0.1', port: Number(address.port) } })
  const google = await startFaultProxy({ to: { host: '127.0.0.1', port: Number(new URL(origin).port) } })
  const host = createHost({ connectionString: server.connectionString, endpoints: sandbox.endpoints, name: 'test' })
  const { store } = host
  await store.migrate()
  await sql`create table host_told (name text primary key, count integer not null)`.execute(store.database)

  const workers: Worker[] = []
  const others: (typeof host)[] = []
  let aheadMs = 0
  const sdk = () => host.live({ aheadMs })
  const settle = async () => {
    while ((await sdk().maintenance.sweep()).claimed > 0);
  }

  const connect = async (account: string, settings: { mailbox: string } | { calendarId: string }): Promise<string> => {
    sandbox.google.createAccount({ address: account, seed: false })
    const current = sdk()
    const begun =
      'mailbox' in settings
        ? await current.gmail.connect({ principal, settings: { name: account, ...settings } })
        : await current.calendar.connect({ principal, settings: { name: account, ...settings } })
    const url = new URL(sandbox.google.grantConsent({ address: account, authorizationUrl: begun.authorizationUrl }).redirectTo)
    const [name = '', value] = (begun.setCookie.split(';')[0] ?? '').split('=')
    const cookie = (asked: string) => (asked === name ? value : undefined)
    await current.flows.complete({ callbackPath: url.pathname, params: url.searchParams, cookie, principal })
    await settle()
    return begun.connectionId
  }

  await setUpApp()
  async function setUpApp(): Promise<void> {
    const { projectId } = sandbox.google.createProject({ publishing: 'production' })
    const paths = ['/api/auth/google/callback', '/api/auth/google/calendar/callback']
    const client = sandbox.google.createClient({ projectId, redirectUris: paths.map((path) => baseUrl + path) })
    const replace = (text: string) => ({ action: 'replace', value: text }) as const
    const changes = { projectId: replace(projectId), clientId: replace(client.clientId), clientSecret: replace(client.clientSecret) }
    await sdk().google.save({ principal, changes: { notifications: 'polling', ...changes } })
  }

  return {
    sandbox,
    store,
    /** The networks of the workers. */
    network: { database, google },
    sdk,
    /** Another host in this process, with keys of its own. */
    createHost(keyIds: readonly KeyId[]) {
      const other = createHost({ connectionString: server.connectionString, endpoints: sandbox.endpoints, name: 'test', keyIds })
      others.push(other)
      return other
    },
    /** Does in this process whatever is due. */
    settle,
    aheadMs: () => aheadMs,
    /** Time goes by: for Google, for everybody who starts something from now on, and for leases, whoever's clock they go by. */
    async pass(ms: number) {
      aheadMs += ms
      await clock.advance(ms)
      for (const table of leased) await sql`update ${sql.table(table)} set lease_until = lease_until - ${ms}`.execute(store.database)
    },
    connectMailbox: (account: string) => connect(account, { mailbox: account }),
    connectCalendar: (account: string) => connect(account, { calendarId: 'primary' }),
    /** A worker behind the proxies. */
    async startWorker(options: Partial<HostInput> = {}, onStop?: (worker: Worker) => void): Promise<Worker> {
      const input = {
        connectionString: server.connectionString.replace(`:${address.port}/`, `:${database.port}/`),
        endpoints: through(sandbox.endpoints, origin, `http://127.0.0.1:${google.port}`),
        ...options,
      }
      const worker = await startWorker(input, onStop)
      workers.push(worker)
      return worker
    },
    endpointsThrough: (port: number) => through(sandbox.endpoints, origin, `http://127.0.0.1:${port}`),
    googlePort: Number(new URL(origin).port),
    async connection(connectionId: string) {
      const { status, reason } = (await store.connections.findById(connectionId)) ?? {}
      return { status, reason }
    },
    /** Asks of a refresh since the log was cleared. */
    refreshes: () =>
      sandbox.requests.filter(({ operation, body }) => operation === 'oauth.token' && body.includes('grant_type=refresh_token')),
    /** The same by the refresh token that was shown. */
    refreshesByToken(): Map<string | null, RecordedRequest[]> {
      const byToken = new Map<string | null, RecordedRequest[]>()
      for (const request of this.refreshes()) {
        const token = new URLSearchParams(request.body).get('refresh_token')
        byToken.set(token, [...(byToken.get(token) ?? []), request])
      }
      return byToken
    },
    /** What the host was told whose name begins so, and how often. */
    async told(prefix: string): Promise<Record<string, number>> {
      const { rows } = await sql<{ name: string; count: number }>`
        select name, count from host_told where name like ${`${prefix}%`} order by name`.execute(store.database)
      return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
    },
    /** Rows that somebody holds. */
    async held(): Promise<Record<string, number>> {
      const counts = await Promise.all(
        leased.map((table) => sql<{ count: number }>`select count(fence)::int as count from ${sql.table(table)}`.execute(store.database)),
      )
      return Object.fromEntries(leased.map((table, at) => [table, counts[at]?.rows[0]?.count ?? 0]))
    },
    /** PostgreSQL ends the connections of all workers (57P01). */
    async terminateBackends() {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'worker'`.execute(store.database)
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.end()))
      await Promise.all([...others.map((other) => other.close()), host.close(), database.stop(), google.stop(), stop()])
      await server.stop()
    },
  }
}

/** The tables that have leases. */
const leased = ['tenantry_tokens', 'tenantry_tasks', 'tenantry_sync_states'] as const

/** Leases are at most this long, each of them. */
export const longestLeaseMs = 6 * minute

const through = (endpoints: GoogleEndpoints, from: string, to: string): GoogleEndpoints =>
  Object.fromEntries(Object.entries(endpoints).map(([name, url]) => [name, url.replace(from, to)])) as unknown as GoogleEndpoints
