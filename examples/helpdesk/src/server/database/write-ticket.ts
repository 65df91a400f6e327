import type { MessageReceived } from '@tenantry/sdk'
import { raiseRevision } from './revision.ts'
import type { HelpdeskTransaction } from './tables.ts'

/** A mail becomes a ticket, once: in the given transaction, under the event's own id. */
export async function writeTicket(transaction: HelpdeskTransaction, event: MessageReceived): Promise<void> {
  const { tenantId, message } = event
  await transaction
    .insertInto('helpdesk_tickets')
    .values({
      tenant_id: tenantId,
      event_id: event.id,
      mailbox: message.mailbox,
      from_name: message.from?.name ?? '',
      from_address: message.from?.address ?? '',
      subject: message.subject,
      text: message.text ?? '',
      // When Gmail took it in; the Date header is the sender's claim.
      received_at: new Date(event.occurredAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await raiseRevision(transaction, tenantId)
}
