import { useQueryClient } from '@tanstack/react-query'
import { createClient } from '@tenantry/sdk/client'
import { TenantryProvider } from '@tenantry/ui/provider'
import { useEffect } from 'react'
import type { Session } from '../server/create-api.ts'
import type { Person, Role } from '../server/people.ts'
import { HealthPage } from './health/health-page.tsx'
import { IntegrationsPage } from './integrations/integrations-page.tsx'
import { OnCallPage } from './on-call/on-call-page.tsx'
import { PageTitle } from './page-title.tsx'
import { usePreferences, useWords } from './preferences.tsx'
import { Shell } from './shell/shell.tsx'
import { TicketsPage } from './tickets/tickets-page.tsx'
import { useLiveChanges } from './use-live-changes.ts'
import { navigate, useLocation } from './use-location.ts'
import { useSession } from './use-session.ts'

const client = createClient()

/** Where each role begins. */
const homes: Record<Role, string> = { admin: '/settings/integrations', technician: '/on-call', operator: '/tickets' }

export function App() {
  const t = useWords()
  const { session, error, switchPerson } = useSession()
  if (session?.person) return <SignedIn key={session.person.id} session={session} person={session.person} onSwitchPerson={switchPerson} />
  return (
    <p className="notice">
      <output>{error ? t.failed : t.loading}</output>
    </p>
  )
}

interface SignedInProps {
  session: Session
  person: Person
  onSwitchPerson: (personId: string) => void
}

function SignedIn({ session, person, onSwitchPerson }: SignedInProps) {
  const queryClient = useQueryClient()
  const { locale, theme } = usePreferences()
  const pollEveryMs = useLiveChanges()
  return (
    <TenantryProvider
      client={client}
      queryClient={queryClient}
      tenantId={person.tenant.id}
      appName="Helpdesk"
      locale={locale}
      colorScheme={theme}
      navigate={navigate}
    >
      <Shell session={session} person={person} onSwitchPerson={onSwitchPerson}>
        <Page session={session} person={person} pollEveryMs={pollEveryMs} />
      </Shell>
    </TenantryProvider>
  )
}

function Page({ session, person, pollEveryMs }: { session: Session; person: Person; pollEveryMs: number | false }) {
  const t = useWords()
  const { pathname } = useLocation()
  const [, area, rest] = pathname.split('/')
  useEffect(() => {
    if (pathname === '/') navigate(homes[person.role], { replace: true })
  }, [pathname, person.role])
  if (area === 'tickets')
    return <TicketsPage ticketId={rest ? decodeURIComponent(rest) : null} may={session.may} pollEveryMs={pollEveryMs} />
  if (pathname === '/on-call') return <OnCallPage may={session.may} pollEveryMs={pollEveryMs} />
  if (pathname === '/health') return <HealthPage session={session} />
  if (pathname === '/settings/integrations') return <IntegrationsPage session={session} person={person} />
  if (pathname === '/') return <p className="notice">{t.loading}</p>
  return (
    <div className="page">
      <PageTitle title={t.notFound} />
    </div>
  )
}
