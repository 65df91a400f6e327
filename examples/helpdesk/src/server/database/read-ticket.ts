import type { HelpdeskDatabase, MessageRow } from './tables.ts'

/** The messages of one of the tenant's tickets, oldest first; none when there is no such ticket. */
export function readTicket(database: HelpdeskDatabase, tenantId: string, ticketId: string): Promise<MessageRow[]> {
  return database
    .selectFrom('helpdesk_messages')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('ticket_id', '=', ticketId)
    .orderBy('position')
    .execute()
}
