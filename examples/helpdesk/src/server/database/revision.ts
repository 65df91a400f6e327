import { sql } from 'kysely'
import type { HelpdeskDatabase, HelpdeskTransaction } from './tables.ts'

/** Says that a tenant's tickets or calendars changed; seen by others once the transaction is through. */
export async function raiseRevision(transaction: HelpdeskTransaction, tenantId: string): Promise<void> {
  await transaction
    .insertInto('helpdesk_revisions')
    .values({ tenant_id: tenantId, revision: 1 })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ revision: sql`helpdesk_revisions.revision + 1` }))
    .execute()
}

export async function readRevision(database: HelpdeskDatabase, tenantId: string): Promise<number> {
  const row = await database.selectFrom('helpdesk_revisions').select('revision').where('tenant_id', '=', tenantId).executeTakeFirst()
  return row?.revision ?? 0
}
