import { PGlite } from '@electric-sql/pglite'
import { afterAll, describe, expect, it } from 'vitest'
import { createPostgresStore } from './index.ts'
import { tenantTables } from './repositories/tenants.ts'

/** What stays of a tenant that is deleted, and what goes last. */
const kept = ['tenantry_audit', 'tenantry_audit_locks', 'tenantry_data_keys']

const pglite = await PGlite.create()

afterAll(() => pglite.close())

describe('the tables of a tenant', () => {
  it('are all emptied when it is deleted, but its audit log and its keys', async () => {
    const store = createPostgresStore({ pglite })
    await store.migrate()
    const { rows } = await pglite.query<{ table_name: string }>(
      `select distinct c.table_name from information_schema.columns c join pg_class p on p.relname = c.table_name and p.relispartition = false
       where c.column_name = 'tenant_id' and c.table_schema = 'public'`,
    )
    expect(rows.map(({ table_name: name }) => name).toSorted()).toEqual([...tenantTables, ...kept].toSorted())
    await store.close()
  })
})
