import { PGlite } from '@electric-sql/pglite'
import { describeStore } from '@tenantry/sdk/testing/contracts'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { createPostgresStore } from './index.ts'
import { emptyTables, readRows } from './testing/raw-rows.ts'

// One instance for the file, because a fresh one takes seconds; a test that loses it makes the next one open another.
let shared: PGlite | null = null

async function openShared(): Promise<PGlite> {
  if (shared === null || shared.closed) shared = await PGlite.create()
  return shared
}

afterAll(async () => {
  if (shared?.closed === false) await shared.close()
})

describeStore('PGlite', {
  create: async () => {
    const pglite = await openShared()
    const store = createPostgresStore({ pglite, leaseClock: 'caller' })
    await store.migrate()
    const query = async (text: string) => (await pglite.query<{ row: unknown }>(text)).rows
    await emptyTables(query)
    return {
      store,
      probe: { rows: (table) => readRows(query, table) },
      lose: () => pglite.close(),
      close: () => store.close(),
    }
  },
  skip: [{ reason: 'PGlite has one connection', tests: ['does not wait for a claim that is not committed'] }],
})

describe('PGlite store', () => {
  it("leaves the host's instance open", async () => {
    const pglite = await openShared()
    await createPostgresStore({ pglite }).close()
    expect(pglite.closed).toBe(false)
  })

  it('opens a folder of its own, and closes it', async () => {
    const store = createPostgresStore({ dataDir: 'memory://' })
    await store.migrate()
    await store.syncStates.request('tenant-a', 'connection-1')
    expect(await store.syncStates.get('tenant-a', 'connection-1')).toMatchObject({ requested: 1 })
    await store.close()
    await expect(sql`select 1`.execute(store.database)).rejects.toThrow('destroyed')
  })

  it('keeps a query outside from slipping into a running transaction', async () => {
    const store = createPostgresStore({ pglite: await openShared() })
    const outside: Promise<void>[] = []
    const failing = store.transaction(async (transaction) => {
      await transaction.syncStates.request('tenant-x', 'inside')
      outside.push(store.syncStates.request('tenant-x', 'outside'))
      await transaction.syncStates.request('tenant-x', 'inside')
      throw new Error('boom')
    })
    await expect(failing).rejects.toThrow('boom')
    await Promise.all(outside)
    expect(await store.syncStates.get('tenant-x', 'inside')).toBeNull()
    expect(await store.syncStates.get('tenant-x', 'outside')).toMatchObject({ requested: 1 })
  })
})
