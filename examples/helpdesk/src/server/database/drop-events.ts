import type { ConnectionChanged } from '@tenantry/sdk'
import { raiseRevision } from './revision.ts'
import type { HelpdeskTransaction } from './tables.ts'

/** A calendar that is no longer connected says nothing about who is on call. Tickets stay. */
export async function dropEvents(transaction: HelpdeskTransaction, { tenantId, connectionId }: ConnectionChanged): Promise<void> {
  await transaction
    .deleteFrom('helpdesk_calendar_events')
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .execute()
  await raiseRevision(transaction, tenantId)
}
