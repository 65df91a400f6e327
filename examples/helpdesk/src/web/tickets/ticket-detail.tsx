import type { ShownTicket } from '../../server/tickets/create-tickets-api.ts'
import { Link } from '../link.tsx'
import { useWords } from '../preferences.tsx'
import { AnswerForm } from './answer-form.tsx'
import { TicketMessage } from './ticket-message.tsx'

/** What was written in a ticket, oldest first, and the place to answer it. */
export function TicketDetail({ ticket }: { ticket: ShownTicket }) {
  const t = useWords()
  const { mailbox, subject, messages, mayAnswer } = ticket
  return (
    <article>
      <Link href="/tickets" className="back">
        ‹ {t.backToTickets}
      </Link>
      <h2>{subject || t.noSubject}</h2>
      <p className="quiet">{t.toMailbox(mailbox)}</p>
      <ol className="messages">
        {messages.map((message) => (
          <TicketMessage key={message.id} message={message} />
        ))}
      </ol>
      {mayAnswer && <AnswerForm key={ticket.id} ticket={ticket} />}
    </article>
  )
}
