import type { HelpdeskDatabase } from './tables.ts'

const shown = 100

export interface Ticket {
  readonly id: string
  readonly mailbox: string
  readonly from: { readonly name: string; readonly address: string }
  readonly subject: string
  /** Plain text; HTML of a mail never reaches a page. */
  readonly text: string
  /** ISO 8601. */
  readonly receivedAt: string
}

/** The tenant's tickets, newest first. */
export async function listTickets(database: HelpdeskDatabase, tenantId: string): Promise<Ticket[]> {
  const rows = await database
    .selectFrom('helpdesk_tickets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('received_at', 'desc')
    .orderBy('event_id')
    .limit(shown)
    .execute()
  return rows.map((row) => ({
    id: row.event_id,
    mailbox: row.mailbox,
    from: { name: row.from_name, address: row.from_address },
    subject: row.subject,
    text: row.text,
    receivedAt: row.received_at.toISOString(),
  }))
}
