import type { Ticket } from '../../server/database/list-tickets.ts'
import { Link } from '../link.tsx'
import { usePreferences, useWords } from '../preferences.tsx'

/** A mail as text: whatever HTML it had was never stored. */
export function TicketDetail({ ticket }: { ticket: Ticket }) {
  const t = useWords()
  const { locale } = usePreferences()
  const { from, mailbox, subject, text, receivedAt } = ticket
  const received = new Date(receivedAt).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' })
  return (
    <article>
      <Link href="/tickets" className="back">
        ‹ {t.backToTickets}
      </Link>
      <h2>{subject || t.noSubject}</h2>
      <dl>
        <dt>{t.from}</dt>
        <dd>
          {from.name || t.noSender} {from.address && <span className="quiet">&lt;{from.address}&gt;</span>}
        </dd>
        <dt>{t.to}</dt>
        <dd>{mailbox}</dd>
        <dt>{t.received}</dt>
        <dd>
          <time dateTime={receivedAt}>{received}</time>
        </dd>
      </dl>
      {text ? <p className="text">{text}</p> : <p className="quiet">{t.noText}</p>}
    </article>
  )
}
