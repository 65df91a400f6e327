import { useConnections } from '@tenantry/ui'
import { ConnectionList } from '@tenantry/ui/connection-list'
import { GoogleSetupPanel } from '@tenantry/ui/google-setup-panel'
import { MicrosoftSetupPanel } from '@tenantry/ui/microsoft-setup-panel'
import { useEffect } from 'react'
import type { Session } from '../../server/create-api.ts'
import type { Person } from '../../server/people.ts'
import { PageTitle } from '../page-title.tsx'
import { useWords } from '../preferences.tsx'
import { goToAnchor } from '../go-to-anchor.ts'
import { navigate, useLocation } from '../use-location.ts'
import { connectable } from './connectable.ts'
import { ConnectionChecks } from './connection-checks.tsx'
import { ConnectionForm } from './connection-form.tsx'
import { integrationsPath as path, setupAnchor, setupHref } from './setup-anchor.ts'

interface IntegrationsPageProps {
  session: Session
  person: Person
}

/** The tenant's own apps at Google and Microsoft, and what is connected through them. */
export function IntegrationsPage({ session, person }: IntegrationsPageProps) {
  const t = useWords()
  // In the address, so that a sign-in in this tab comes back to the form it began in.
  const { searchParams, hash } = useLocation()
  const open = searchParams.get('open')
  const checked = searchParams.get('check')
  const close = () => navigate(path)
  const show = (what: 'open' | 'check', id: string) => navigate(`${path}?${what}=${encodeURIComponent(id)}`)
  const { data: connections } = useConnections()
  const { may } = session
  // A link that somebody was sent: the browser looked for it before the page was there.
  useEffect(() => goToAnchor(hash), [hash])
  const providers = connectable(may)
  return (
    <div className="page wide">
      <PageTitle area={t.settings} title={t.integrations} help={t.integrationsHelp} />
      <div className="integrations" data-alone={!(may.readSetup || may.readMicrosoft) || undefined}>
        {(may.readSetup || may.readMicrosoft) && (
          <div className="setups">
            {may.readSetup && (
              <GoogleSetupPanel
                id={setupAnchor('google')}
                tenantName={person.tenant.name}
                {...(may.connectMailbox && { onConnectGmail: () => show('open', 'gmail') })}
                {...(may.connectCalendar && { onConnectCalendar: () => show('open', 'google-calendar') })}
              />
            )}
            {may.readMicrosoft && (
              <MicrosoftSetupPanel
                id={setupAnchor('microsoft')}
                {...(may.connectSharedMailbox && { onConnectMailbox: () => show('open', 'microsoft-shared-mailbox') })}
              />
            )}
          </div>
        )}
        <div className="connections">
          <ConnectionList
            providers={providers}
            setupHref={setupHref}
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
