import { TenantryError } from '@tenantry/sdk/errors'
import type { AuditRecord, AuditRepository } from '@tenantry/sdk/ports'
import type { Kysely, Selectable } from 'kysely'
import type { AuditTable, Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createAudit(db: Kysely<Database>): AuditRepository {
  const select = (tenantId: string) => db.selectFrom('tenantry_audit').selectAll().where('tenant_id', '=', tenantId)

  return {
    async head(tenantId) {
      if (db.isTransaction) await lock(db, tenantId).execute()
      const row = await select(tenantId).orderBy('sequence', 'desc').limit(1).executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async append(record) {
      const row = await db
        .with('locked', (db) => lock(db, record.tenantId).returning('tenant_id'))
        .insertInto('tenantry_audit')
        .values((row) => ({
          // Read from the lock, so that the line is written only once the lock is held.
          tenant_id: row.selectFrom('locked').select('locked.tenant_id'),
          sequence: record.sequence,
          at: record.at,
          actor: record.actor,
          action: record.action,
          subject: record.subject,
          outcome: record.outcome,
          previous_hash: record.previousHash,
          hash: record.hash,
        }))
        .onConflict((conflict) => conflict.columns(['tenant_id', 'sequence']).doNothing())
        .returning('sequence')
        .executeTakeFirst()
      if (row === undefined) throw new TenantryError('unavailable')
    },
    async list(tenantId, after, limit) {
      const rows = await select(tenantId).where('sequence', '>', after).orderBy('sequence').limit(limit).execute()
      return rows.map(toRecord)
    },
  }
}

/** A row lock and not an advisory one: it also holds where a tenant's rows live on another node. */
function lock(db: Pick<Kysely<Database>, 'insertInto'>, tenantId: string) {
  return db
    .insertInto('tenantry_audit_locks')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ tenant_id: tenantId }))
}

function toRecord(row: Selectable<AuditTable>): AuditRecord {
  return {
    tenantId: row.tenant_id,
    sequence: toNumber(row.sequence),
    at: toNumber(row.at),
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    outcome: row.outcome,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}
