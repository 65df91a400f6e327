import pg from 'pg'
import { createTenantry, gmail } from '@tenantry/sdk'
import type { AnyProvider, PulledPage } from '@tenantry/sdk'
import { createMemoryKeys, createMemorySecrets, createManualJobs } from '@tenantry/sdk/testing'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { startPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { median, spread } from './figure.ts'
import type { Figure } from './figure.ts'

const rounds = 5
const perRound = 20_000
const perLook = 2_000
const tenants = 10_000
const rows = 1_000_000

/** Upkeep with a provider that answers at once, on a table of a million tasks, against a bare update of as many rows one by one. */
export async function benchSweep(): Promise<Figure[]> {
  const server = await startPostgres()
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 10 })
  const sdk = await createHost(pool)
  await seed(pool)
  const light: number[] = []
  const looks: number[] = []
  const bare: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    await makeDue(pool, 'heartbeat', perRound)
    const lightRate = await rateOf(perRound, sdk)
    await makeDue(pool, 'reconcile', perLook)
    const lookRate = await rateOf(perLook, sdk)
    const bareRate = await bareUpdates(pool)
    // The first round warms everything up.
    if (round === 0) continue
    light.push(lightRate)
    looks.push(lookRate)
    bare.push(bareRate)
  }
  await sdk.stop()
  await pool.end()
  await server.stop()
  const detail = `${rounds} rounds on ${rows} rows of ${tenants} tenants, 2 cores shared with PostgreSQL`
  return [
    {
      title: 'sweep with a provider that answers at once: tasks a second against 5,000',
      ratio: median(light) / 5_000,
      goal: '>= 1',
      detail: `${spread(light, 'tasks/s')}, ${detail}`,
    },
    {
      title: 'sweep of whole looks (lease, pull, transaction, health) against single-row updates of the same database',
      ratio: median(looks) / median(bare),
      goal: '>= 0.02',
      detail: `${spread(looks, 'looks/s')} against ${spread(bare, 'updates/s')}, ${detail}`,
    },
  ]
}

async function createHost(pool: pg.Pool) {
  const store = createPostgresStore({ pool })
  const crypto = createNodeCrypto()
  const real = gmail({ google: createGoogleGateway({ crypto, clock: { now: () => Date.now() } }) })
  const instant = {
    ...real,
    fetchNotifications: undefined,
    pipeTarget: () => Promise.resolve(null),
    async *pull(): AsyncIterable<PulledPage> {
      yield { changes: [], next: { cursor: '1' } }
    },
  } as unknown as AnyProvider
  const sdk = createTenantry({
    baseUrl: 'https://app.example.com',
    environment: 'bench',
    store,
    secrets: createMemorySecrets(),
    keys: createMemoryKeys(),
    jobs: createManualJobs(),
    crypto,
    authorize: () => true,
    providers: { instant },
  })
  await store.migrate()
  return { ...sdk, stop: () => store.close() }
}

async function seed(pool: pg.Pool): Promise<void> {
  const now = Date.now()
  await pool.query(`insert into tenantry_connections
    (tenant_id, id, provider, owner_user_id, name, settings, account, address_key, status, reason_values, status_since, delivery, granted_scopes,
     created_at, updated_at, failures, version, generation)
    select 't' || at % ${tenants}, 'c' || at, 'gmail', 'dana', 'm', '{}', json_build_object('subject', at::text, 'address', 'm' || at || '@acme.test'),
     'm' || at || '@acme.test', 'connected', '{}', ${now}, 'push', '[]', ${now}, ${now}, 0, 1, 1 from generate_series(1, ${rows / 10}) at`)
  await pool.query(`insert into tenantry_sync_states (tenant_id, connection_id, cursor, requested, processed)
    select 't' || at % ${tenants}, 'c' || at, '1', 0, 0 from generate_series(1, ${rows / 10}) at`)
  await pool.query(`insert into tenantry_tasks (tenant_id, connection_id, kind, due_at, attempts)
    select 't' || at % ${tenants}, 'x' || at, 'renew', ${now + 86_400_000} + at, 0 from generate_series(1, ${rows}) at`)
  await pool.query('vacuum analyze')
}

async function makeDue(pool: pg.Pool, kind: string, count: number): Promise<void> {
  await pool.query(`delete from tenantry_tasks where kind = $1`, [kind])
  await pool.query(
    `insert into tenantry_tasks (tenant_id, connection_id, kind, due_at, attempts)
      select 't' || at % ${tenants}, 'c' || at, $1, $2::bigint - at, 0 from generate_series(1, ${count}) at`,
    [kind, Date.now() - count],
  )
}

async function rateOf(count: number, sdk: Awaited<ReturnType<typeof createHost>>): Promise<number> {
  const startedAt = performance.now()
  const { ok, claimed, failed } = await sdk.maintenance.sweep({ budgetMs: 60_000, maxItems: count })
  if (ok !== count) throw new Error(`the sweep did ${ok} of ${count} (claimed ${claimed}, failed ${failed})`)
  return count / ((performance.now() - startedAt) / 1000)
}

async function bareUpdates(pool: pg.Pool): Promise<number> {
  const count = 5_000
  const startedAt = performance.now()
  let next = 0
  const worker = async (): Promise<void> => {
    while ((next += 1) <= count)
      await pool.query('update tenantry_connections set updated_at = updated_at + 1 where tenant_id = $1 and id = $2', [
        `t${next % tenants}`,
        `c${next}`,
      ])
  }
  await Promise.all(Array.from({ length: 10 }, worker))
  return count / ((performance.now() - startedAt) / 1000)
}
