import { HTTPException } from 'hono/http-exception'
import { keepAnswer } from '../database/keep-answer.ts'
import { readTicket } from '../database/read-ticket.ts'
import type { HelpdeskDatabase } from '../database/tables.ts'
import { toPrincipal } from '../people.ts'
import type { Person } from '../people.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'
import { listMailboxes } from './list-mailboxes.ts'
import { planAnswer } from './plan-answer.ts'

export interface NewAnswer {
  readonly ticketId: string
  /** The last message that the person had read: what came later is not what this answers, and a second attempt answers the same. */
  readonly answers: string
  readonly text: string
  /** The same for each attempt to send the same draft. */
  readonly idempotencyKey: string
}

interface Parts {
  readonly sdk: HelpdeskTenantry
  readonly database: HelpdeskDatabase
  /** Epoch milliseconds. */
  readonly now: number
}

/** Sends an answer from the mailbox that the ticket came to. @throws what `send` does; HTTPException for a ticket that cannot be answered */
export async function answerTicket({ sdk, database, now }: Parts, person: Person, answer: NewAnswer): Promise<void> {
  const { ticketId, answers, text, idempotencyKey } = answer
  const thread = await readTicket(database, person.tenant.id, ticketId)
  const read = thread.slice(0, thread.findIndex(({ id }) => id === answers) + 1)
  const mailbox = read[0]?.mailbox
  if (mailbox === undefined) throw new HTTPException(404, { message: 'not_found' })
  const connectionId = (await listMailboxes(sdk, person)).get(mailbox)
  if (sdk.sharedMailbox === undefined || connectionId === undefined) throw new HTTPException(403, { message: 'forbidden' })
  const message = planAnswer(read, text)
  const { messageId } = await sdk.sharedMailbox.send({ principal: toPrincipal(person), connectionId, message, idempotencyKey })
  await keepAnswer(database, {
    tenant_id: person.tenant.id,
    id: idempotencyKey,
    ticket_id: ticketId,
    mailbox,
    author_name: person.name,
    subject: message.subject,
    text,
    message_id: messageId,
    sent_at: new Date(now),
  })
}
