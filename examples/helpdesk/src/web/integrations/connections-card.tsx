import type { UseQueryResult } from '@tanstack/react-query'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { ConnectionStatusBadge } from '@tenantry/ui/connection-status-badge'
import type { Session } from '../../server/create-api.ts'
import { useWords } from '../preferences.tsx'
import { ProviderIcon } from './provider-icon.tsx'

interface ConnectionsCardProps {
  query: UseQueryResult<readonly ConnectionSummary[], Error>
  may: Session['may']
  /** What the form below shows: a provider or a connection's id. */
  open: string | null
  onOpen: (open: string | null) => void
}

/** What is connected and how it is doing. */
export function ConnectionsCard({ query, may, open, onOpen }: ConnectionsCardProps) {
  const t = useWords()
  const { data: connections, error } = query
  return (
    <section className="card" aria-labelledby="connections-title" aria-busy={connections === undefined}>
      <div className="card-head">
        <h2 id="connections-title">{t.connections}</h2>
        {connections?.length === 0 && <p>{may.connectCalendar && !may.connectMailbox ? t.noneVisible : t.noConnections}</p>}
        {error && <p role="alert">{t.failed}</p>}
      </div>
      {connections && connections.length > 0 && (
        <ul className="rows">
          {connections.map((connection) => (
            <li key={connection.id}>
              <ConnectionRow connection={connection} isOpen={open === connection.id} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      )}
      {(may.connectMailbox || may.connectCalendar) && (
        <div className="card-foot">
          {may.connectMailbox && (
            <button type="button" className="button" aria-expanded={open === 'gmail'} onClick={() => onOpen('gmail')}>
              <ProviderIcon provider="gmail" /> {t.connectGmail}
            </button>
          )}
          {may.connectCalendar && (
            <button type="button" className="button" aria-expanded={open === 'google-calendar'} onClick={() => onOpen('google-calendar')}>
              <ProviderIcon provider="google-calendar" /> {t.connectGoogleCalendar}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

interface ConnectionRowProps {
  connection: ConnectionSummary
  isOpen: boolean
  onOpen: (open: string | null) => void
}

function ConnectionRow({ connection, isOpen, onOpen }: ConnectionRowProps) {
  const t = useWords()
  const { id, name, provider, address, permissions } = connection
  const content = (
    <>
      <span className="icon">
        <ProviderIcon provider={provider} />
      </span>
      <span className="name">
        <strong>{name}</strong>
        <span>{address}</span>
      </span>
    </>
  )
  return (
    <div className="connection">
      {permissions.update ? (
        <button type="button" aria-expanded={isOpen} onClick={() => onOpen(isOpen ? null : id)}>
          <span className="hidden">{t.edit}</span>
          {content}
        </button>
      ) : (
        <div>{content}</div>
      )}
      <ConnectionStatusBadge connectionId={id} />
    </div>
  )
}
