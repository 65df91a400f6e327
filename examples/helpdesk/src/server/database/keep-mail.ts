import type { MessageReceived } from '@tenantry/sdk'
import { raiseRevision } from './revision.ts'
import type { HelpdeskTransaction } from './tables.ts'

/** A mail becomes a ticket, or joins the one that it answers; once, in the given transaction, under the event's own id. */
export async function keepMail(transaction: HelpdeskTransaction, event: MessageReceived): Promise<void> {
  const { tenantId, message } = event
  const { name = '', address = '' } = message.from ?? {}
  await transaction
    .insertInto('helpdesk_messages')
    .values({
      tenant_id: tenantId,
      id: event.id,
      ticket_id: (await findAnswered(transaction, event)) ?? event.id,
      mailbox: message.mailbox,
      own: false,
      author_name: name,
      author_address: address,
      answer_to: message.replyTo[0]?.address ?? address,
      subject: message.subject,
      text: message.text ?? '',
      message_id: message.messageId,
      // When the mailbox took it in; the Date header is the sender's claim.
      sent_at: new Date(event.occurredAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await raiseRevision(transaction, tenantId)
}

/** The ticket that the mail refers to, in the mailbox that it came to: nobody gets at a ticket by way of another mailbox. */
async function findAnswered(transaction: HelpdeskTransaction, { tenantId, message }: MessageReceived): Promise<string | null> {
  const ids = [...message.references, ...(message.inReplyTo === null ? [] : [message.inReplyTo])]
  if (ids.length === 0) return null
  const row = await transaction
    .selectFrom('helpdesk_messages')
    .select('ticket_id')
    .where('tenant_id', '=', tenantId)
    .where('mailbox', '=', message.mailbox)
    .where('message_id', 'in', ids)
    .orderBy('position', 'desc')
    .executeTakeFirst()
  return row?.ticket_id ?? null
}
