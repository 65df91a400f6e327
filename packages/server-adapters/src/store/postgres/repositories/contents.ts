import type { ContentRecord, ContentRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

/** Larger ones go alone: a statement with its parameters has to fit into one message, which is at most 1 GB. */
const statementBytes = 16 * 1024 * 1024

export function createContents(db: Kysely<Database>): ContentRepository {
  return {
    async put(records) {
      for (const batch of inBatches(inOrder(records)))
        await db
          .insertInto('tenantry_contents')
          .values(
            batch.map(({ tenantId, hash, sealed, size, createdAt }) => ({
              tenant_id: tenantId,
              hash,
              sealed,
              size,
              created_at: createdAt,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['tenant_id', 'hash']).doUpdateSet({
              // Young again and locked, so that it is not taken for unused before the event that needs it is there.
              created_at: sql<number>`greatest(tenantry_contents.created_at, excluded.created_at)`,
            }),
          )
          .execute()
    },
    async get(tenantId, hash) {
      const row = await db
        .selectFrom('tenantry_contents')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('hash', '=', hash)
        .executeTakeFirst()
      if (row === undefined) return null
      // A copy, because a driver may hand out a view into memory that it shares.
      return { tenantId, hash, sealed: new Uint8Array(row.sealed), size: toNumber(row.size), createdAt: toNumber(row.created_at) }
    },
    async removeUnused(before, limit) {
      // `offset 0` keeps it from becoming a join, which may read all that is needed to find the few that are not.
      const { numAffectedRows = 0n } = await sql`
        with unused as (
          select tenant_id, hash from tenantry_contents as content
          where created_at < ${before}::bigint and not exists (
            select 1 from tenantry_outbox as event where event.tenant_id = content.tenant_id and event.content_hash = content.hash offset 0
          )
          order by created_at limit ${limit} for update skip locked
        )
        delete from tenantry_contents as content using unused
        where content.tenant_id = unused.tenant_id and content.hash = unused.hash and content.created_at < ${before}::bigint`.execute(db)
      return toNumber(numAffectedRows)
    },
  }
}

/** Each content once, and all in one order, so that two writers do not wait for each other. */
function inOrder(records: readonly ContentRecord[]): ContentRecord[] {
  const first = new Map<string, ContentRecord>()
  for (const record of records) {
    const key = JSON.stringify([record.tenantId, record.hash])
    const earlier = first.get(key)
    first.set(key, earlier === undefined ? record : { ...earlier, createdAt: Math.max(earlier.createdAt, record.createdAt) })
  }
  return [...first].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record)
}

function inBatches(records: readonly ContentRecord[]): ContentRecord[][] {
  const batches: ContentRecord[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const record of records) {
    bytes += record.sealed.byteLength
    if (bytes > statementBytes) {
      batches.push([])
      bytes = record.sealed.byteLength
    }
    batches.at(-1)?.push(record)
  }
  return batches
}
