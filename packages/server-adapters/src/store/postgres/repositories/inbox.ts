import type { InboxRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'
import { batchCalls } from './batch.ts'
import { receiveAll } from './receive.ts'

export function createInbox(db: Kysely<Database>): InboxRepository {
  return {
    // A burst of pushes costs a few statements instead of one each.
    receive: batchCalls((receipts) => receiveAll(db, receipts), { size: 200, parallel: 2 }),
    async insert({ tenantId, connectionId, dedupeKey, receivedAt }) {
      const row = await db
        .insertInto('tenantry_inbox')
        .values({ tenant_id: tenantId, connection_id: connectionId, dedupe_key: dedupeKey, received_at: receivedAt })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id', 'dedupe_key']).doNothing())
        .returning('dedupe_key')
        .executeTakeFirst()
      return row !== undefined
    },
    async count(tenantId, connectionId) {
      const row = await db
        .selectFrom('tenantry_inbox')
        .select((row) => row.fn.countAll().as('rows'))
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .executeTakeFirstOrThrow()
      return toNumber(row.rows)
    },
    async removeBefore(time, limit) {
      const { numAffectedRows = 0n } = await sql`
        with old as (
          select tenant_id, connection_id, dedupe_key from tenantry_inbox where received_at < ${time}::bigint
          order by received_at limit ${limit} for update skip locked
        )
        delete from tenantry_inbox as row using old
        where row.tenant_id = old.tenant_id and row.connection_id = old.connection_id and row.dedupe_key = old.dedupe_key`.execute(db)
      return toNumber(numAffectedRows)
    },
  }
}
