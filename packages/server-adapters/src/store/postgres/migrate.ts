import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { migrations } from './migrations/index.ts'
import type { Database } from './schema.ts'

/** Names the lock that all processes of all versions share; any number, as long as it never changes. */
const lockId = '7310447912563280'

/**
 * Applies what is missing, in one transaction and one process at a time. A database that is already ahead is left alone, so
 * that an older version still starts during a rolling update.
 */
export async function migrate(database: Kysely<Database>): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`set local statement_timeout = 0`.execute(transaction)
    await sql`select pg_advisory_xact_lock(${sql.lit(lockId)}::bigint)`.execute(transaction)
    await sql`create table if not exists tenantry_migrations (name text primary key, applied_at timestamptz not null default now())`.execute(
      transaction,
    )
    const applied = await transaction.selectFrom('tenantry_migrations').select('name').execute()
    const names = new Set(applied.map(({ name }) => name))
    for (const { name, statements } of migrations) {
      if (names.has(name)) continue
      for (const statement of statements) await statement.execute(transaction)
      await transaction.insertInto('tenantry_migrations').values({ name }).execute()
    }
  })
}
