import { raiseRevision } from './revision.ts'
import type { HelpdeskDatabase, MessageRow } from './tables.ts'

export type AnswerRow = Pick<
  MessageRow,
  'tenant_id' | 'id' | 'ticket_id' | 'mailbox' | 'author_name' | 'subject' | 'text' | 'message_id' | 'sent_at'
>

/** Puts what was sent into its ticket, once. */
export async function keepAnswer(database: HelpdeskDatabase, answer: AnswerRow): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('helpdesk_messages')
      .values({ ...answer, own: true, author_address: answer.mailbox, answer_to: '' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await raiseRevision(transaction, answer.tenant_id)
  })
}
