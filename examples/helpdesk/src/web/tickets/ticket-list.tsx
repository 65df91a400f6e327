import { RelativeTime } from '@tenantry/ui/provider'
import { useState } from 'react'
import type { Ticket } from '../../server/database/list-tickets.ts'
import { Link } from '../link.tsx'
import { useWords } from '../preferences.tsx'

/** Newest first; one that comes in while the page is open is announced and stands out. */
export function TicketList({ tickets, currentId }: { tickets: readonly Ticket[]; currentId: string | null }) {
  const t = useWords()
  const [known] = useState(() => new Set(tickets.map(({ id }) => id)))
  const newest = tickets[0]
  const arrived = newest && !known.has(newest.id) ? t.newTicket(newest.subject || t.noSubject) : ''
  return (
    <div className="card list">
      <output className="hidden">{arrived}</output>
      <ul>
        {tickets.map(({ id, from, subject, messages, changedAt }) => (
          <li key={id} data-new={!known.has(id) || undefined}>
            <Link href={`/tickets/${encodeURIComponent(id)}`} aria-current={id === currentId ? 'true' : undefined}>
              <span className="avatar" aria-hidden="true">
                {(from.name || from.address || '?').charAt(0).toUpperCase()}
              </span>
              <span className="who">{from.name || from.address || t.noSender}</span>
              <span className="when">
                {messages.length > 1 && <span title={t.messageCount(messages.length)}>{messages.length} · </span>}
                <RelativeTime iso={changedAt} />
              </span>
              <strong>{subject || t.noSubject}</strong>
              <span className="snippet">{snippetOf(messages)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

const snippetOf = (messages: Ticket['messages']) => (messages.at(-1)?.text ?? '').slice(0, 140)
