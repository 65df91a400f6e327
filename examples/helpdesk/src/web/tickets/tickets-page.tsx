import { useQuery } from '@tanstack/react-query'
import type { Session } from '../../server/create-api.ts'
import type { ShownTicket } from '../../server/tickets/create-tickets-api.ts'
import { Link } from '../link.tsx'
import { LiveMark } from '../live-mark.tsx'
import { PageTitle } from '../page-title.tsx'
import { useWords } from '../preferences.tsx'
import { request } from '../request.ts'
import { TicketDetail } from './ticket-detail.tsx'
import { TicketList } from './ticket-list.tsx'

interface TicketsPageProps {
  /** From the address; `null`: the list alone. */
  ticketId: string | null
  may: Session['may']
  pollEveryMs: number | false
}

/** The tickets beside the one that is being read. */
export function TicketsPage({ ticketId, may, pollEveryMs }: TicketsPageProps) {
  const t = useWords()
  const { data: tickets, error } = useQuery({
    queryKey: ['tickets'],
    queryFn: async () => (await request<{ tickets: ShownTicket[] }>('/api/tickets')).tickets,
    refetchInterval: pollEveryMs,
  })
  const ticket = tickets?.find(({ id }) => id === ticketId)
  return (
    <div className="page">
      <PageTitle
        title={t.tickets}
        {...(tickets && { help: t.ticketCount(tickets.length) })}
        aside={<LiveMark pollEveryMs={pollEveryMs} />}
      />
      {error && <p role="alert">{t.failed}</p>}
      {tickets?.length === 0 && (
        <div className="card empty">
          <h2>{t.noTickets}</h2>
          <p>{t.noTicketsHelp}</p>
          {may.connectMailbox && (
            <Link href="/settings/integrations" className="button">
              {t.connectMailbox}
            </Link>
          )}
        </div>
      )}
      {tickets && tickets.length > 0 && (
        <div className="tickets" data-reading={ticket !== undefined}>
          <TicketList tickets={tickets} currentId={ticketId} />
          <section className="card ticket" aria-label={ticket?.subject || t.tickets}>
            {ticket ? <TicketDetail ticket={ticket} /> : <p className="quiet">{t.chooseTicket}</p>}
          </section>
        </div>
      )}
    </div>
  )
}
