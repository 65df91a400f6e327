import { useConnections } from '@tenantry/ui'
import { ConnectionList } from '@tenantry/ui/connection-list'
import { GoogleSetupPanel } from '@tenantry/ui/google-setup-panel'
import type { Session } from '../../server/create-api.ts'
import type { Person } from '../../server/people.ts'
import { PageTitle } from '../page-title.tsx'
import { useWords } from '../preferences.tsx'
import { navigate, useLocation } from '../use-location.ts'
import { ConnectionChecks } from './connection-checks.tsx'
import { ConnectionForm } from './connection-form.tsx'

interface IntegrationsPageProps {
  session: Session
  person: Person
}

const path = '/settings/integrations'

/** The tenant's Google app and what is connected through it. */
export function IntegrationsPage({ session, person }: IntegrationsPageProps) {
  const t = useWords()
  // In the address, so that a sign-in in this tab comes back to the form it began in.
  const { searchParams } = useLocation()
  const open = searchParams.get('open')
  const checked = searchParams.get('check')
  const close = () => navigate(path)
  const show = (what: 'open' | 'check', id: string) => navigate(`${path}?${what}=${encodeURIComponent(id)}`)
  const { data: connections } = useConnections()
  const { may } = session
  const providers = [...(may.connectMailbox ? ['gmail'] : []), ...(may.connectCalendar ? ['google-calendar'] : [])]
  return (
    <div className="page wide">
      <PageTitle area={t.settings} title={t.integrations} help={t.integrationsHelp} />
      <div className="integrations" data-alone={!may.readSetup || undefined}>
        {may.readSetup && (
          <GoogleSetupPanel
            tenantName={person.tenant.name}
            {...(may.connectMailbox && { onConnectGmail: () => show('open', 'gmail') })}
            {...(may.connectCalendar && { onConnectCalendar: () => show('open', 'google-calendar') })}
          />
        )}
        <div className="connections">
          <ConnectionList
            providers={providers}
            {...(providers.length > 0 && { onAdd: (provider: string) => show('open', provider) })}
            onOpen={({ id }) => show('open', id)}
            onDiagnose={({ id }) => show('check', id)}
            onRemove={close}
          />
          {open !== null && (
            <ConnectionForm
              key={open}
              open={open}
              connections={connections}
              may={may}
              onOpen={(next) => (next === null ? close() : show('open', next))}
            />
          )}
          {checked !== null && <ConnectionChecks key={checked} connectionId={checked} onOpen={(id) => show('open', id)} onClose={close} />}
        </div>
      </div>
    </div>
  )
}
