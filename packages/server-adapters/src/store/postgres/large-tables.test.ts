import type { OutboxSettlement } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startPostgres, whyNoPostgres } from '../../testing-postgres/start-postgres.ts'
import type { RunningPostgres } from '../../testing-postgres/start-postgres.ts'
import { createPostgresStore } from './index.ts'
import type { PostgresStore } from './index.ts'

const missing = whyNoPostgres()

const tables = ['tenantry_outbox', 'tenantry_contents', 'tenantry_items', 'tenantry_subscriptions', 'tenantry_tasks', 'tenantry_data_keys']

const done = 200_000
const backlog = 20_000
const kept = 100_000
/** Items of the busy connection, of which one in two hundred was not seen by the last listing. */
const items = 20_000
const channels = 20_000
const now = done + backlog
const at = ['busy', 'c1'] as const

/** How often PostgreSQL looked, and how many rows it read: one after another, or by an index. */
interface Reads {
  readonly scans: number
  readonly sequential: number
  readonly indexed: number
}

const settlementOf = (id: string, kind: OutboxSettlement['kind']): OutboxSettlement => {
  if (kind === 'dropped') return { id, kind }
  if (kind === 'failed') return { id, kind, attempts: 1, nextAttemptAt: now, quarantine: false }
  return { id, kind, sealedPayload: 'EXAMPLE_sealed', contentHash: null, occurredAt: now, origin: 'live' }
}

/** Settles fifty items that no other call settles. */
const settle = (kind: OutboxSettlement['kind'], from: number) => (store: PostgresStore, round: number) =>
  store.outbox.settle(
    ...at,
    Array.from({ length: 50 }, (_, index) => settlementOf(`${round * 1000 + from + index}f`, kind)),
  )

const claim = { now: kept, owner: 'worker', leaseMs: 1_000_000 }

const itemIds = Array.from({ length: 50 }, (_, index) => `item-${index * 300}`)

/** Each method and how many rows it may read: a small number for each row that it is about, whatever the size of the tables. */
const methods: Record<string, readonly [number, (store: PostgresStore, round: number) => Promise<unknown>]> = {
  'outbox.listDue': [150, (store) => store.outbox.listDue(...at, now, 50)],
  'outbox.listStatuses': [10, (store) => store.outbox.listStatuses(...at, 1_000)],
  'outbox.nextDueAt': [10, (store) => store.outbox.nextDueAt(...at)],
  'outbox.nextFetchAt': [10, (store) => store.outbox.nextFetchAt(...at)],
  'outbox.takeToFetch': [400, (store) => store.outbox.takeToFetch(...at, { now, retryAt: now + 1, limit: 50 })],
  'outbox.settle, fetched': [400, settle('fetched', 101)],
  'outbox.settle, dropped': [400, settle('dropped', 201)],
  'outbox.settle, failed': [400, settle('failed', 301)],
  'outbox.complete': [10, (store, round) => store.outbox.complete(...at, `${round}r`)],
  'outbox.fail': [10, (store) => store.outbox.fail(...at, '9r', { attempts: 1, nextAttemptAt: now, quarantine: false })],
  'outbox.count, quarantined': [500, (store) => store.outbox.count(...at, 'quarantined')],
  'outbox.countMany, quarantined': [500, (store) => store.outbox.countMany(at[0], [at[1], 'connection-9'], 'quarantined')],
  'outbox.redrive': [500, (store) => store.outbox.redrive(...at, now)],
  'outbox.removeDone': [800, (store) => store.outbox.removeDone(done, 200)],
  'contents.get': [10, (store) => store.contents.get('busy', 'h9')],
  'contents.removeUnused': [800, (store) => store.contents.removeUnused(kept, 200)],
  'items.get': [100, (store) => store.items.get(...at, itemIds)],
  'items.put': [
    150,
    (store) =>
      store.items.put(
        itemIds.map((id) => ({
          tenantId: at[0],
          connectionId: at[1],
          id,
          version: '2',
          place: 'p',
          eventId: 'e',
          seenIn: 'listing-2',
        })),
      ),
  ],
  'items.setTold': [10, (store) => store.items.setTold(...at, 'item-7', 'p')],
  'items.listUnseen': [250, (store) => store.items.listUnseen(...at, 'listing-2', 50)],
  'items.remove': [10, (store, round) => store.items.remove(...at, `item-${round}`, 'e')],
  // It looks past ten thousand of those that wait for a person.
  'subscriptions.listEnding': [25_000, (store) => store.subscriptions.listEnding(kept, 50)],
  'tasks.claim': [600, (store) => store.tasks.claim({ ...claim, limit: 50, perTenant: 50 })],
  'tasks.claim and finish': [
    1200,
    async (store) => {
      const tasks = await store.tasks.claim({ ...claim, limit: 50, perTenant: 50 })
      await store.tasks.finish(tasks.map((task, index) => ({ task, nextDueAt: index % 2 === 0 ? null : now, attempts: 'reset' })))
    },
  ],
  'tasks.nextDueAt': [100, (store) => store.tasks.nextDueAt()],
  'subscriptions.findByIds': [250, (store) => store.subscriptions.findByIds(Array.from({ length: 100 }, (_, n) => `channel-${n * 700}`))],
  'subscriptions.listMany': [
    150,
    (store) =>
      store.subscriptions.listMany(Array.from({ length: 50 }, (_, n) => ({ tenantId: 'busy', connectionId: `c${300 + n * 300}` }))),
  ],
  'dataKeys.current': [10, (store) => store.dataKeys.current('t77')],
  'dataKeys.listWrappedBy, of most': [150, (store) => store.dataKeys.listWrappedBy('kek-1', { tenantId: 't5', id: '' }, 50)],
  'dataKeys.listWrappedBy, of a few': [150, (store) => store.dataKeys.listWrappedBy('kek-0', { tenantId: '', id: '' }, 50)],
  'dataKeys.rewrap': [
    10,
    (store, round) => store.dataKeys.rewrap(`u${round}`, 'k', { keyId: 'kek-0', wrapped: 'x' }, { keyId: 'kek-1', wrapped: 'y' }),
  ],
  'subscriptions.removeEnded': [800, (store) => store.subscriptions.removeEnded(channels, 200)],
}

describe.skipIf(missing !== null)(`PostgreSQL with large tables${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: RunningPostgres
  let probe: Pool

  beforeAll(async () => {
    server = await startPostgres()
    probe = new Pool({ connectionString: server.connectionString })
    const store = createPostgresStore({ connectionString: server.connectionString })
    await store.migrate()
    for (const table of tables) await sql`alter table ${sql.table(table)} set (autovacuum_enabled = false)`.execute(store.database)
    const columns = sql`tenant_id, connection_id, id, type, origin, occurred_at, sealed_payload, to_fetch, content_hash, state, attempts, next_attempt_at, created_at`
    // Done long ago, over many tenants; the statistics know nothing else.
    await sql`insert into tenantry_outbox (${columns})
      select 't' || n % 20, 'c' || n % 200, n::text, 'message.received', 'live', n, '', false, null, 'done', 1, n, n
      from generate_series(1, ${done}::int) n`.execute(store.database)
    await sql`insert into tenantry_items (tenant_id, connection_id, id, version, place, event_id, seen_in)
      select 't' || n % 20, 'c' || n % 200, 'item-' || n, '1', 'p', 'e', 'listing-' || n % 40
      from generate_series(1, ${kept}::int) n`.execute(store.database)
    await sql`insert into tenantry_subscriptions (tenant_id, id, connection_id, provider, state, target, expires_at, created_at)
      select 't' || n % 20, 'channel-' || n, 'c' || n % 200, 'google-calendar', 'active', '', n, n
      from generate_series(1, ${kept}::int) n`.execute(store.database)
    await sql`insert into tenantry_connections (tenant_id, id, provider, owner_user_id, name, settings, status, reason_values, status_since, delivery,
        granted_scopes, created_at, updated_at, failures, version, generation)
      select 't' || n % 20, 'c' || n % 200, 'google-calendar', 'dana', 'c', '{}', 'connected', '{}', n, 'push', '[]', n, n, 0, 1, 1
      from generate_series(1, 200) n`.execute(store.database)
    await sql`insert into tenantry_tasks (tenant_id, connection_id, kind, due_at, attempts)
      select 't' || n % 20, 'c' || n, 'renew', n, 0 from generate_series(1, ${kept}::int) n`.execute(store.database)
    const keyColumns = sql`tenant_id, id, position, key_id, wrapped, created_at`
    await sql`insert into tenantry_data_keys (${keyColumns})
      select 't' || n, 'k', 1, 'kek-1', 'x', n from generate_series(1, ${kept}::int) n`.execute(store.database)
    await probe.query('vacuum analyze')
    // A process that had not heard of the new key made some more with the old one.
    await sql`insert into tenantry_data_keys (${keyColumns})
      select 'u' || n, 'k', 1, 'kek-0', 'x', n from generate_series(1, 60) n`.execute(store.database)
    // Then a tenant comes with a backlog, of which some is to be fetched and the other needs its content.
    await sql`insert into tenantry_outbox (${columns})
      select 'busy', 'c1', n || kind, 'message.received', 'live', n, 'x', kind = 'f', case when kind = 'r' then 'h' || ${kept}::int - n end,
        case when n % 100 = 0 then 'quarantined' else 'pending' end, 0, ${done}::int + n, ${done}::int + n
      from generate_series(1, ${backlog}::int) n, unnest(array['f', 'r']) kind`.execute(store.database)
    await sql`insert into tenantry_outbox (${columns})
      select 'busy', 'c1', 'status-' || n, 'connection.paused', 'live', n, 'x', false, null, 'pending', 1, ${now}::int + n, ${now}::int
      from generate_series(1, 5) n`.execute(store.database)
    await sql`insert into tenantry_contents select 'busy', 'h' || n, '\\x00'::bytea, 1, n from generate_series(1, ${kept}::int) n`.execute(
      store.database,
    )
    // A calendar was just listed again, and channels of many connections were replaced.
    await sql`insert into tenantry_items (tenant_id, connection_id, id, version, place, event_id, seen_in)
      select 'busy', 'c1', 'item-' || n, '1', 'p', 'e',
        case when n % 200 <> 7 then 'listing-2' when n % 400 = 7 then 'listing-1' else 'listing-3' end
      from generate_series(1, ${items}::int) n`.execute(store.database)
    await sql`insert into tenantry_subscriptions (tenant_id, id, connection_id, provider, state, target, expires_at, created_at)
      select 'busy', 'busy-' || n, 'c' || n, 'google-calendar', case when n % 2 = 0 then 'retired' else 'retiring' end, '',
        case when n % 3 > 0 then n end, n
      from generate_series(1, ${channels}::int) n`.execute(store.database)
    await store.close()
  })

  afterAll(async () => {
    await probe.end()
    await server.stop()
  })

  /** A database connection hands in what it counted when it ends. */
  const readsOf = async (work: (store: PostgresStore) => Promise<unknown>): Promise<Reads> => {
    await probe.query('select pg_stat_reset()')
    const store = createPostgresStore({ connectionString: server.connectionString })
    await work(store)
    await store.close()
    return vi.waitFor(async () => {
      const { rows } = await probe.query<Record<keyof Reads, string>>(
        `select sum(seq_scan + idx_scan) as scans, sum(seq_tup_read) as sequential, sum((select sum(idx_tup_read) from pg_stat_user_indexes as index where index.relid = t.relid)) as indexed
         from pg_stat_user_tables as t where relname = any($1)`,
        [tables],
      )
      const reads = { scans: Number(rows[0]?.scans), sequential: Number(rows[0]?.sequential), indexed: Number(rows[0]?.indexed) }
      if (reads.scans === 0) throw new Error('Nothing was counted yet.')
      return reads
    }, 5000)
  }

  for (const [round, statistics] of ['old', 'fresh', 'no'].entries())
    describe(`with ${statistics} statistics`, () => {
      beforeAll(async () => {
        if (statistics === 'fresh') await probe.query('vacuum analyze')
        // As after a restore from a dump, or where nothing was ever analysed.
        if (statistics === 'no') {
          await probe.query('delete from pg_statistic')
          await probe.query(`update pg_class set reltuples = -1, relpages = 0, relallvisible = 0 where relname like 'tenantry\\_%'`)
        }
      })

      // The outbox and the sweeps over all tenants rely on statistics; one item is looked up too often to rely on any.
      const tested = Object.entries(methods).filter(([name]) => statistics !== 'no' || name.startsWith('items.'))
      for (const [name, [most, run]] of tested)
        it(`${name} reads few rows, and none one after another`, async () => {
          const reads = await readsOf((store) => run(store, round + 1))
          expect(reads.sequential).toBe(0)
          expect(reads.indexed).toBeLessThanOrEqual(most)
        })
    })
})
