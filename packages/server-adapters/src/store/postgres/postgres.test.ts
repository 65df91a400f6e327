import { setTimeout as wait } from 'node:timers/promises'
import { TenantryError } from '@tenantry/sdk/errors'
import { describeStore } from '@tenantry/sdk/testing/contracts'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startPostgres, whyNoPostgres } from '../../testing-postgres/start-postgres.ts'
import type { RunningPostgres } from '../../testing-postgres/start-postgres.ts'
import { createPostgresStore } from './index.ts'
import type { Database } from './index.ts'
import { migrations } from './migrations/index.ts'
import { emptyTables, readRows } from './testing/raw-rows.ts'

const missing = whyNoPostgres()

describe.skipIf(missing !== null)(`PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: RunningPostgres
  let connectionString: string
  /** Goes to another database than the tests, so that theirs can be closed. */
  let admin: Pool
  let probe: Pool

  beforeAll(async () => {
    server = await startPostgres()
    admin = new Pool({ connectionString: server.connectionString })
    await admin.query('create database app')
    connectionString = server.connectionString.replace(/\/postgres$/, '/app')
    probe = new Pool({ connectionString })
    // Broken on purpose when a test takes the database away.
    probe.on('error', () => undefined)
    const store = createPostgresStore({ connectionString })
    await store.migrate()
    await store.close()
  })

  afterAll(async () => {
    await probe.end()
    await admin.end()
    await server.stop()
  })

  const query = async (text: string) => (await probe.query<{ row: unknown }>(text)).rows

  describeStore('PostgreSQL', {
    create: async () => {
      await admin.query('alter database app allow_connections true')
      await emptyTables(query)
      const store = createPostgresStore({ connectionString, leaseClock: 'caller' })
      return {
        store,
        probe: { rows: (table) => readRows(query, table) },
        peer: async () => createPostgresStore({ connectionString, leaseClock: 'caller' }),
        lose: async () => {
          await admin.query('alter database app allow_connections false')
          await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'app'")
        },
        close: () => store.close(),
      }
    },
  })

  describe('leases', () => {
    it('end by the clock of the database, whatever the clocks of its workers say', async () => {
      await admin.query('alter database app allow_connections true')
      await emptyTables(query)
      const store = createPostgresStore({ connectionString })
      const at = ['tenant-a', 'connection-1'] as const
      const early = Date.now() - 600_000
      const late = Date.now() + 600_000
      await store.tasks.schedule({ tenantId: 'tenant-a', connectionId: 'connection-1', kind: 'sync', dueAt: early })
      await store.syncStates.request(...at)
      const claim = (now: number) => store.tasks.claim({ now, owner: 'a', leaseMs: 60_000, limit: 10, perTenant: 10 })
      expect(await claim(early)).toHaveLength(1)
      expect(await claim(late)).toEqual([])
      const lease = await store.syncStates.acquire(...at, { owner: 'a', now: early, leaseMs: 60_000 })
      expect(await store.syncStates.acquire(...at, { owner: 'b', now: late, leaseMs: 60_000 })).toBeNull()
      expect(await store.syncStates.advance(...at, { fence: lease?.fence ?? -1, now: early, leaseMs: 60_000 })).toBe(true)
      expect(await store.syncStates.acquire(...at, { owner: 'b', now: late, leaseMs: 60_000 })).toBeNull()
      const attempt = { tenantId: 'tenant-a', connectionId: 'connection-1', key: 'EXAMPLE_key', contentHash: 'EXAMPLE_hash' }
      const begun = await store.attempts.begin(attempt, { now: early, leaseMs: 60_000 })
      expect(begun).toMatchObject({ begun: true, inDoubt: false })
      expect(await store.attempts.begin(attempt, { now: late, leaseMs: 60_000 })).toMatchObject({ begun: false })
      await store.attempts.renew(...at, attempt.key, { fence: begun.begun ? begun.fence : -1, now: early, leaseMs: 60_000 })
      expect(await store.attempts.begin(attempt, { now: late, leaseMs: 60_000 })).toMatchObject({ begun: false })
      await probe.query('update tenantry_attempts set lease_until = 1')
      expect(await store.attempts.begin(attempt, { now: early, leaseMs: 60_000 })).toMatchObject({ begun: true, inDoubt: true })
      await probe.query('update tenantry_sync_states set lease_until = 1')
      expect(await store.syncStates.acquire(...at, { owner: 'b', now: early, leaseMs: 60_000 })).not.toBeNull()
      await store.close()
    })
  })

  describe('store', () => {
    const open = async () => {
      await admin.query('alter database app allow_connections true')
      await emptyTables(query)
      return createPostgresStore({ connectionString, leaseClock: 'caller' })
    }

    it('migrates an empty database from many processes at once', async () => {
      await admin.query('create database fresh')
      const stores = Array.from({ length: 6 }, () => createPostgresStore({ connectionString: connectionString.replace(/app$/, 'fresh') }))
      await Promise.all(stores.map((store) => store.migrate()))
      const applied = await stores[0]?.database.selectFrom('tenantry_migrations').select('name').orderBy('name').execute()
      expect(applied?.map(({ name }) => name)).toEqual([
        '0001-connections',
        '0002-work',
        '0003-safety',
        '0004-fetching',
        '0005-items',
        '0006-upkeep',
        '0007-goodbyes',
        '0008-budgets',
        '0009-attempts',
        '0010-flow-settings',
        '0011-statuses',
        '0012-key-rotation',
      ])
      await Promise.all(stores.map((store) => store.close()))
    })

    it('keeps the rows of the version before, which goes on beside the new one', async () => {
      await admin.query('create database earlier')
      const store = createPostgresStore({ connectionString: connectionString.replace(/app$/, 'earlier') })
      const { database } = store
      await sql`create table tenantry_migrations (name text primary key, applied_at timestamptz not null default now())`.execute(database)
      const before = migrations.filter(({ name }) => name < '0006')
      for (const { name, statements } of before) {
        for (const statement of statements) await statement.execute(database)
        await sql`insert into tenantry_migrations (name) values (${name})`.execute(database)
      }
      const write = (id: string) =>
        sql`insert into tenantry_tokens (tenant_id, connection_id, sealed_refresh, access_expires_at, granted_at, version)
          values ('tenant-a', ${id}, 'EXAMPLE_sealed', 7, 0, 1)`.execute(database)
      await write('old')
      await sql`insert into tenantry_tasks (tenant_id, connection_id, kind, due_at, attempts) values ('tenant-a', 'old', 'renew', 1, 2)`.execute(
        database,
      )
      await store.migrate()
      await write('beside')
      for (const id of ['old', 'beside']) {
        expect(await store.tokens.get('tenant-a', id)).toMatchObject({ doubtedAt: null, rejected: false, accessExpiresAt: 7 })
        const lease = await store.tokens.acquireLease('tenant-a', id, { version: 1, owner: 'worker', now: 1, leaseMs: 1 })
        expect(lease).toMatchObject({ inDoubt: false })
      }
      const tasks = await store.tasks.claim({ now: 1, owner: 'worker', leaseMs: 1, limit: 1, perTenant: 1 })
      expect(tasks).toMatchObject([{ connectionId: 'old', attempts: 2 }])
      await store.close()
    })

    it("counts budgets by the database's clock, whatever the processes take for the time", async () => {
      await open().then((store) => store.close())
      const store = createPostgresStore({ connectionString })
      const hour = 60 * 60_000
      const take = (index: number) => {
        const now = Date.now() + (index % 3) * hour - hour
        return store.budgets.take('tenant-a', 'quota/google/gmail', { costMs: hour, burstMs: 10 * hour, now })
      }
      const waits = await Promise.all(Array.from({ length: 60 }, (_, index) => take(index)))
      expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(10)
      expect(Math.max(...waits)).toBeLessThanOrEqual(hour)
      await store.close()
    })

    it('starts on a database that a newer version has migrated', async () => {
      const store = await open()
      await store.database.insertInto('tenantry_migrations').values({ name: '9999-later' }).execute()
      await store.migrate()
      const latest = await store.database.selectFrom('tenantry_migrations').select('name').orderBy('name', 'desc').executeTakeFirst()
      expect(latest?.name).toBe('9999-later')
      await store.database.deleteFrom('tenantry_migrations').where('name', '=', '9999-later').execute()
      await store.close()
    })

    it('starts every primary key with the tenant', async () => {
      const { rows } = await probe.query<{ name: string; column: string }>(
        `select c.relname as name, a.attname as column from pg_index i join pg_class c on c.oid = i.indrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indisprimary and c.relname like 'tenantry\\_%'`,
      )
      const others = rows.filter(({ name }) => name !== 'tenantry_migrations')
      expect(others.length).toBeGreaterThan(12)
      expect(others.filter(({ column }) => column !== 'tenant_id')).toEqual([])
    })

    it('claims due tasks through the small indexes', async () => {
      const store = await open()
      await sql`insert into tenantry_tasks (tenant_id, connection_id, kind, due_at, attempts)
        select 't', n::text, 'renew', n, 0 from generate_series(1, 20000) n`.execute(store.database)
      await probe.query('analyze tenantry_tasks')
      const plan = await probe.query<Record<string, string>>(
        'explain select * from tenantry_tasks where fence is null and due_at <= 20000 order by due_at limit 50 for update skip locked',
      )
      expect(JSON.stringify(plan.rows)).toContain('tenantry_tasks_due')
      await store.close()
    })

    it('gives out what it has claimed when a further look fails', async () => {
      await open().then((store) => store.close())
      const pool = new Pool({ connectionString })
      let looks = 0
      pool.on('connect', (client) => {
        const query = client.query.bind(client) as (...given: unknown[]) => unknown
        Object.assign(client, {
          query: (...given: unknown[]) =>
            String(given[0]).includes('with found as') && (looks += 1) % 2 === 0
              ? Promise.reject(new Error('EXAMPLE_broken'))
              : query(...given),
        })
      })
      const store = createPostgresStore({ pool, leaseClock: 'caller' })
      for (const connectionId of ['a', 'b', 'c']) await store.tasks.schedule({ tenantId: 'tenant-a', connectionId, kind: 'sync', dueAt: 1 })
      const claim = { now: 1, owner: 'worker', leaseMs: 1_000, limit: 10, perTenant: 2 }
      expect(await store.tasks.claim(claim)).toHaveLength(2)
      expect(looks).toBe(2)
      expect(await store.tasks.claim(claim)).toHaveLength(1)
      await store.close()
      await pool.end()
    })

    it('gives handlers a Kysely transaction whose own errors pass unchanged', async () => {
      const store = await open()
      await probe.query('create table if not exists host_orders (id int primary key)')
      await probe.query('truncate host_orders')
      const order = (native: unknown) => sql`insert into host_orders values (1)`.execute(native as Transaction<Database>)
      await expect(
        store.transaction(async ({ native }) => {
          await order(native)
          throw new TenantryError('forbidden')
        }),
      ).rejects.toMatchObject({ code: 'forbidden' })
      expect((await probe.query('select * from host_orders')).rows).toEqual([])
      await store.transaction(({ native }) => order(native))
      await expect(store.transaction(({ native }) => order(native))).rejects.toMatchObject({ code: '23505' })
      await store.close()
    })

    it('refuses what is written in a transaction that has ended, whose connection may be in another by then', async () => {
      const pool = new Pool({ connectionString, max: 1 })
      const store = createPostgresStore({ pool })
      await probe.query('create table if not exists late_rows (id int primary key)')
      await probe.query('truncate late_rows')
      let late: unknown
      await store.transaction(async ({ native }) => void (late = native))
      const add = (native: unknown, id: number) => sql`insert into late_rows values (${id})`.execute(native as Transaction<Database>)
      await store.transaction(async ({ native }) => {
        await expect(add(late, 1)).rejects.toMatchObject({ code: 'unavailable' })
        await add(native, 2)
      })
      expect((await probe.query('select id from late_rows')).rows).toEqual([{ id: 2 }])
      await store.close()
      await pool.end()
    })

    it('keeps nothing of whoever goes on writing in a transaction that is given up', async () => {
      const store = await open()
      await probe.query('create table if not exists late_rows (id int primary key)')
      await probe.query('truncate late_rows')
      const writeOn = async (native: unknown) => {
        for (let id = 0; ; id += 1) await sql`insert into late_rows values (${id})`.execute(native as Transaction<Database>)
      }
      const givenUp = store.transaction(({ native }) =>
        Promise.race([writeOn(native), wait(100).then(() => Promise.reject(new Error('EXAMPLE_late')))]),
      )
      await expect(givenUp).rejects.toThrow('EXAMPLE_late')
      await wait(100)
      expect((await probe.query('select id from late_rows')).rows).toEqual([])
      await store.close()
    })

    it('fails a transaction whose work went on after a failed statement', async () => {
      const store = await open()
      const went = store.transaction(async ({ native, syncStates }) => {
        await sql`select 1 / 0`.execute(native as Transaction<Database>).catch(() => undefined)
        await syncStates.request('tenant-a', 'connection-1').catch(() => undefined)
        return 'done'
      })
      await expect(went).rejects.toMatchObject({ code: 'unavailable' })
      await store.close()
    })

    it("leaves the host's pool open and usable", async () => {
      await open().then((store) => store.close())
      const pool = new Pool({ connectionString })
      const store = createPostgresStore({ pool })
      await store.syncStates.request('tenant-a', 'connection-1')
      await store.close()
      await expect(store.syncStates.get('tenant-a', 'connection-1')).rejects.toMatchObject({ code: 'unavailable' })
      expect((await pool.query('select requested from tenantry_sync_states')).rows).toHaveLength(1)
      await pool.end()
    })

    it('gives back its connections, also after failures', async () => {
      await open().then((store) => store.close())
      const pool = new Pool({ connectionString, max: 1 })
      const store = createPostgresStore({ pool })
      for (let round = 0; round < 5; round += 1) {
        await store.transaction(() => Promise.reject(new Error('boom'))).catch(() => undefined)
        await expect(sql`select broken`.execute(store.database)).rejects.toThrow('broken')
      }
      expect(await store.syncStates.get('tenant-a', 'connection-1')).toBeNull()
      expect(pool.totalCount - pool.idleCount).toBe(0)
      await pool.end()
    })

    it('tells the log the code of a failure and the caller nothing', async () => {
      const lines: unknown[][] = []
      const logger = { log: (...line: unknown[]) => void lines.push(line) }
      const store = createPostgresStore({ connectionString: 'postgres://user:EXAMPLE_password@127.0.0.1:1/app', logger })
      const error = await store.connections.get('tenant-a', 'connection-1').catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'unavailable' })
      expect(error).not.toHaveProperty('cause')
      expect(`${String(error)} ${JSON.stringify(lines)}`).not.toMatch(/EXAMPLE_password|127\.0\.0\.1|tenant-a/)
      expect(lines).toEqual([['error', 'store.failed', { code: 'ECONNREFUSED' }]])
      await store.close()
    })

    it('repeats once a statement that gave way to another one, and no transaction', async () => {
      const store = await open()
      const ids = ['connection-1', 'connection-2'] as const
      for (const connectionId of ids) await store.tasks.schedule({ tenantId: 'tenant-a', connectionId, kind: 'sync', dueAt: 0 })
      const tasks = await store.tasks.claim({ now: 0, owner: 'worker', leaseMs: 60_000, limit: 2, perTenant: 2 })
      const lock = (native: unknown, connectionId: string) =>
        sql`select from tenantry_tasks where connection_id = ${connectionId} for update`.execute(native as Transaction<Database>)
      const isBlocked = async () => {
        const { rowCount } = await admin.query("select from pg_stat_activity where datname = 'app' and wait_event_type = 'Lock'")
        expect(rowCount).toBe(1)
      }
      /** Takes the second before the first; who looks first for the reason of its wait gives way. */
      const against = async (work: () => Promise<unknown>) => {
        let outcome: Promise<unknown> = Promise.resolve()
        await store.transaction(async ({ native }) => {
          await sql`set local deadlock_timeout = '20s'`.execute(native as Transaction<Database>)
          await lock(native, ids[1])
          outcome = work().catch((error: unknown) => error)
          await vi.waitFor(isBlocked, { timeout: 10_000, interval: 20 })
          await lock(native, ids[0])
        })
        return outcome
      }
      let began = 0
      const transaction = () =>
        store.transaction(async ({ native }) => {
          began += 1
          for (const id of ids) await lock(native, id)
        })
      expect(await against(transaction)).toMatchObject({ code: '40P01' })
      expect(began).toBe(1)
      const finish = () => store.tasks.finish(tasks.map((task) => ({ task, nextDueAt: null, attempts: 'reset' })))
      expect(await against(finish)).toEqual([true, true])
      await store.close()
    })

    it('survives the loss of a connection between two statements of a transaction', async () => {
      const store = await open()
      const cut = store.transaction(async ({ native, syncStates }) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(native as Transaction<Database>)
        await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid])
        await wait(50)
        await syncStates.request('tenant-a', 'connection-1')
      })
      await expect(cut).rejects.toMatchObject({ code: 'unavailable' })
      expect(await store.syncStates.get('tenant-a', 'connection-1')).toBeNull()
      await store.close()
    })

    it('works again when the database comes back', async () => {
      const store = await open()
      await store.syncStates.request('tenant-a', 'connection-1')
      await admin.query('alter database app allow_connections false')
      await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'app'")
      await expect(store.syncStates.get('tenant-a', 'connection-1')).rejects.toMatchObject({ code: 'unavailable' })
      await admin.query('alter database app allow_connections true')
      // A broken connection may be lent once more before the pool hears of it.
      await vi.waitFor(async () => expect(await store.syncStates.get('tenant-a', 'connection-1')).toMatchObject({ requested: 1 }), 5000)
      await store.close()
    })
  })
})
