import pg from 'pg'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { startPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { median, spread } from './figure.ts'
import type { Figure } from './figure.ts'

const workers = 8
const batch = 500
const perTenant = 50
const rounds = 6
const claimsPerRound = 200
const few = 10_000
const many = 1_000_000
const whale = 500_000
const now = 2_000_000_000_000
const leaseMs = 60 * 60_000

/** Gives back how many it claimed, and how many of them are not the whale's. */
type Claim = () => Promise<readonly [claimed: number, ofOthers: number]>

interface Run {
  readonly perSecond: number
  /** Of each claim, milliseconds. */
  readonly times: readonly number[]
  readonly claimed: number
  readonly ofOthers: number
}

/** Fair claims against the bare loop, then their tail among few and among many due tasks, and behind one tenant that has half a million. */
export async function benchClaims(): Promise<Figure[]> {
  const server = await startPostgres()
  try {
    return await measure(server.connectionString)
  } finally {
    await server.stop()
  }
}

async function measure(connectionString: string): Promise<Figure[]> {
  const among = await openBench(connectionString, 'among_many', many)
  const amongFew = await openBench(connectionString, 'among_few', few)
  const small: Run[] = []
  const ours: Run[] = []
  const bare: Run[] = []
  // By turns, so that all see the same machine.
  for (let round = 0; round <= rounds; round += 1) {
    for (let part = 0; part < claimsPerRound; part += few / batch) {
      await amongFew.release()
      small.push(await run(amongFew.ours, few / batch))
    }
    // Who comes first finds the traces of the vacuum before, so they take turns at that too.
    if (round % 2 === 0) ours.push(await run(among.ours, claimsPerRound))
    bare.push(await run(among.bare, claimsPerRound))
    if (round % 2 === 1) ours.push(await run(among.ours, claimsPerRound))
  }
  await amongFew.close()

  await among.release()
  await among.addWhale()
  const behind: Run[] = []
  const beside: Run[] = []
  for (let round = 0; round <= rounds; round += 1) {
    behind.push(await run(among.ours, claimsPerRound / 2))
    beside.push(await run(among.holding, claimsPerRound / 2))
  }
  await among.close()

  const rates = (runs: readonly Run[]) => warm(runs).map(({ perSecond }) => perSecond)
  const others = warm(behind).reduce((sum, { ofOthers }) => sum + ofOthers, 0)
  const all = warm(behind).reduce((sum, { claimed }) => sum + claimed, 0)
  return [
    {
      title:
        'fair claims of due tasks against a bare loop that leases as much with skip locked, and is fair to nobody, 1,000,000 due, PostgreSQL',
      ratio: median(rates(ours)) / median(rates(bare)),
      goal: '>= 0.8',
      detail: `${spread(rates(ours), 'claims/s')} against ${spread(rates(bare), 'claims/s')}, ${rounds} rounds, ${workers} workers x ${batch}; ${tailOf(ours)} against ${tailOf(bare)}`,
    },
    {
      title: 'p99 of one claim among 1,000,000 due tasks against 10,000',
      ratio: percentile(timesOf(ours), 0.99) / percentile(timesOf(small), 0.99),
      goal: '<= 2',
      detail: `${tailOf(ours)} against ${tailOf(small)}`,
    },
    {
      title: 'share of a claim that others get behind one tenant with 500,000 more overdue tasks',
      ratio: others / all,
      goal: '>= 0.85',
      detail: `${spread(rates(behind), 'claims/s')}; ${tailOf(behind)}; at most ${perTenant} of ${batch} of one tenant`,
    },
    {
      title: 'claims of a worker that holds its share of that tenant already against one that holds nothing',
      ratio: median(rates(beside)) / median(rates(behind)),
      goal: '>= 0.8',
      detail: `${spread(rates(beside), 'claims/s')}; ${tailOf(beside)}`,
    },
  ]
}

/** A database with due tasks of two thousand tenants, and the same in a table that knows no leases and no shares. */
async function openBench(connectionString: string, name: string, count: number) {
  const admin = new pg.Pool({ connectionString, max: 1 })
  await admin.query(`create database ${name}`)
  await admin.end()
  const pool = new pg.Pool({ connectionString: connectionString.replace(/\/postgres$/, `/${name}`), max: workers })
  const store = createPostgresStore({ pool })
  await store.migrate()
  await pool.query(
    `insert into tenantry_tasks (tenant_id, connection_id, kind, due_at, attempts)
     select 'tenant-' || n % 2000, 'connection-' || n, 'renew', $1::bigint - n, 0 from generate_series(1, $2::int) n`,
    [now, count],
  )
  await pool.query(
    `create table bare_tasks (tenant_id text, connection_id text, kind text, due_at bigint, attempts bigint, fence bigint, lease_owner text,
       lease_until bigint, primary key (tenant_id, connection_id, kind))`,
  )
  await pool.query('create index bare_tasks_due on bare_tasks (due_at) where fence is null')
  await pool.query('insert into bare_tasks select tenant_id, connection_id, kind, due_at, attempts from tenantry_tasks')
  await settleDown()

  return {
    async close(): Promise<void> {
      await store.close()
      await pool.end()
    },
    async addWhale(): Promise<void> {
      await pool.query(
        `insert into tenantry_tasks (tenant_id, connection_id, kind, due_at, attempts)
         select 'whale', 'connection-' || n, 'renew', $1::bigint - 100000000 - n, 0 from generate_series(1, $2::int) n`,
        [now, whale],
      )
      await settleDown()
    },
    /** Takes all leases back. */
    async release(): Promise<void> {
      await pool.query('update tenantry_tasks set fence = null, lease_owner = null, lease_until = null where fence is not null')
      await settleDown()
    },
    ours: () => claimHolding(new Map()),
    holding: () => claimHolding(new Map([['whale', perTenant]])),
    bare: async () => {
      const { rows } = await pool.query(
        `update bare_tasks set fence = 1, lease_owner = 'bench', lease_until = $3 where (tenant_id, connection_id, kind) in (
           select tenant_id, connection_id, kind from bare_tasks where fence is null and due_at <= $1
           order by due_at limit $2 for update skip locked
         ) returning tenant_id, connection_id, kind, due_at, attempts, fence`,
        [now, batch, now + leaseMs],
      )
      return [rows.length, rows.length] as const
    },
  }

  async function claimHolding(held: ReadonlyMap<string, number>) {
    const tasks = await store.tasks.claim({ now, owner: 'bench', leaseMs, limit: batch, perTenant, held })
    return [tasks.length, tasks.filter(({ tenantId }) => tenantId !== 'whale').length] as const
  }

  /** As autovacuum leaves a table that was there for a while. */
  async function settleDown(): Promise<void> {
    await pool.query('vacuum analyze')
    await pool.query('checkpoint')
  }
}

async function run(claim: Claim, claims: number): Promise<Run> {
  const times: number[] = []
  let left = claims
  let claimed = 0
  let ofOthers = 0
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const startedAt = performance.now()
      const [taken, others] = await claim()
      times.push(performance.now() - startedAt)
      claimed += taken
      ofOthers += others
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: workers }, work))
  return { perSecond: claimed / ((performance.now() - startedAt) / 1000), times, claimed, ofOthers }
}

/** The first round warms up. */
function warm(runs: readonly Run[]): readonly Run[] {
  return runs.slice(1)
}

function timesOf(runs: readonly Run[]): number[] {
  return warm(runs).flatMap(({ times }) => times)
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN
}

function tailOf(runs: readonly Run[]): string {
  const times = timesOf(runs)
  return `p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms of ${times.length}`
}
