import { Link } from '../../parts/link/link.tsx'
import { consoleLink } from './console-links.ts'
import type { ConsolePage } from './console-links.ts'
import { useSetupModel } from './setup-context.ts'

const names = {
  newProject: 'linkNewProject',
  enableApis: 'linkEnableApis',
  overview: 'linkOverview',
  branding: 'linkBranding',
  audience: 'linkAudience',
  dataAccess: 'linkDataAccess',
  clients: 'linkClients',
  serviceAccounts: 'linkServiceAccounts',
  iam: 'linkIam',
  topics: 'linkTopics',
  subscriptions: 'linkSubscriptions',
  orgPolicies: 'linkOrgPolicies',
  cloudShell: 'linkCloudShell',
  apiControls: 'linkApiControls',
} as const satisfies Record<ConsolePage, string>

/** A link into Google's consoles, named as Google names the page, in the tenant's project when it is known. */
export function ConsolePageLink({ to }: { to: ConsolePage }) {
  const { t, project, services } = useSetupModel()
  return (
    <Link href={consoleLink(to, project, services)} external={to === 'apiControls' ? t('adminConsole') : t('console')}>
      {t(names[to])}
    </Link>
  )
}
