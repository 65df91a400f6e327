import { useQuery } from '@tanstack/react-query'
import type { TenantryClient } from '@tenantry/sdk/client'
import { GoogleSetupPanel } from '@tenantry/ui/google-setup-panel'
import type { Session } from '../../server/create-api.ts'
import type { Person } from '../../server/people.ts'
import { PageTitle } from '../page-title.tsx'
import { useWords } from '../preferences.tsx'
import { navigate, useLocation } from '../use-location.ts'
import { ConnectionForm } from './connection-form.tsx'
import { ConnectionsCard } from './connections-card.tsx'

interface IntegrationsPageProps {
  client: TenantryClient
  session: Session
  person: Person
}

const path = '/settings/integrations'

/** The tenant's Google app and what is connected through it. */
export function IntegrationsPage({ client, session, person }: IntegrationsPageProps) {
  const t = useWords()
  // In the address, so that a sign-in in this tab comes back to the form it began in.
  const open = useLocation().searchParams.get('open')
  const setOpen = (next: string | null) => navigate(next === null ? path : `${path}?open=${encodeURIComponent(next)}`)
  const connections = useQuery({
    queryKey: ['connections'],
    queryFn: ({ signal }) => client.connections.list({}, { signal }),
    refetchInterval: 10_000,
  })
  const { may } = session
  return (
    <div className="page wide">
      <PageTitle area={t.settings} title={t.integrations} help={t.integrationsHelp} />
      <div className="integrations" data-alone={!may.readSetup || undefined}>
        {may.readSetup && (
          <GoogleSetupPanel
            tenantName={person.tenant.name}
            {...(may.connectMailbox && { onConnectGmail: () => setOpen('gmail') })}
            {...(may.connectCalendar && { onConnectCalendar: () => setOpen('google-calendar') })}
            onReset={() => void connections.refetch()}
          />
        )}
        <div className="connections">
          <ConnectionsCard query={connections} may={may} open={open} onOpen={setOpen} />
          {open !== null && (
            <ConnectionForm
              key={open}
              open={open}
              connections={connections.data}
              may={may}
              onChange={() => void connections.refetch()}
              onOpen={setOpen}
            />
          )}
        </div>
      </div>
    </div>
  )
}
