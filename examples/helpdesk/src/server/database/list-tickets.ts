import type { HelpdeskDatabase, MessageRow } from './tables.ts'

const shown = 100

export interface TicketMessage {
  readonly id: string
  /** Sent from the helpdesk. */
  readonly own: boolean
  readonly from: { readonly name: string; readonly address: string }
  /** Plain text; HTML of a mail never reaches a page. */
  readonly text: string
  /** ISO 8601. */
  readonly sentAt: string
}

export interface Ticket {
  readonly id: string
  readonly mailbox: string
  /** Who opened it. */
  readonly from: TicketMessage['from']
  readonly subject: string
  /** Oldest first; at least one. */
  readonly messages: readonly TicketMessage[]
  /** ISO 8601. */
  readonly changedAt: string
}

/** The tenant's tickets, what moved last first. */
export async function listTickets(database: HelpdeskDatabase, tenantId: string): Promise<Ticket[]> {
  const newest = await database
    .selectFrom('helpdesk_messages')
    .select('ticket_id')
    .where('tenant_id', '=', tenantId)
    .groupBy('ticket_id')
    .orderBy((row) => row.fn.max('sent_at'), 'desc')
    .orderBy('ticket_id')
    .limit(shown)
    .execute()
  const ids = newest.map((row) => row.ticket_id)
  if (ids.length === 0) return []
  const rows = await database
    .selectFrom('helpdesk_messages')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('ticket_id', 'in', ids)
    .orderBy('position')
    .execute()
  return ids.flatMap((id) =>
    describeTicket(
      id,
      rows.filter((row) => row.ticket_id === id),
    ),
  )
}

function describeTicket(id: string, rows: readonly MessageRow[]): Ticket[] {
  const messages = rows.map(describeMessage)
  const opening = rows.find((row) => row.id === id)
  const last = messages.at(-1)
  if (opening === undefined || last === undefined) return []
  const { mailbox, subject } = opening
  return [{ id, mailbox, from: describeMessage(opening).from, subject, messages, changedAt: last.sentAt }]
}

function describeMessage({ id, own, author_name, author_address, text, sent_at }: MessageRow): TicketMessage {
  return { id, own, from: { name: author_name, address: author_address }, text, sentAt: sent_at.toISOString() }
}
