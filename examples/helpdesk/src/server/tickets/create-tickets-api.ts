import { Hono } from 'hono'
import { listTickets } from '../database/list-tickets.ts'
import type { Ticket } from '../database/list-tickets.ts'
import type { HelpdeskDatabase } from '../database/tables.ts'
import type { Person } from '../people.ts'
import { readPost, readText } from '../read-post.ts'
import type { Vendors } from '../start-vendors.ts'
import type { HelpdeskTenantry } from '../tenantry.ts'
import { answerTicket } from './answer-ticket.ts'
import { listMailboxes } from './list-mailboxes.ts'

export interface TicketsParts {
  readonly baseUrl: string
  readonly database: HelpdeskDatabase
  readonly sdk: HelpdeskTenantry
  readonly vendors: Vendors
  /** @throws HTTPException when nobody is signed in */
  readonly requirePerson: (request: Request) => Promise<Person>
}

/** A ticket as one person sees it. */
export interface ShownTicket extends Ticket {
  readonly mayAnswer: boolean
}

/** The tenant's tickets: read by everyone, answered by whoever may use the mailbox. */
export function createTicketsApi({ baseUrl, database, sdk, vendors, requirePerson }: TicketsParts): Hono {
  const app = new Hono()

  app.get('/', async (context) => {
    const person = await requirePerson(context.req.raw)
    const mailboxes = await listMailboxes(sdk, person)
    const tickets = await listTickets(database, person.tenant.id)
    const shown = tickets.map((ticket): ShownTicket => ({ ...ticket, mayAnswer: mailboxes.has(ticket.mailbox) }))
    return context.json({ tickets: shown })
  })

  app.post('/answer', async (context) => {
    const person = await requirePerson(context.req.raw)
    const { ticketId, answers, text, idempotencyKey } = await readPost(context, baseUrl)
    await answerTicket({ sdk, database, now: vendors.clock.now() }, person, {
      ticketId: readText(ticketId),
      answers: readText(answers),
      text: readText(text),
      idempotencyKey: readText(idempotencyKey),
    })
    return context.json({ sent: true }, 201)
  })

  return app
}
