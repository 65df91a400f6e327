import { Link } from '../../parts/link/link.tsx'
import { entraLink } from './entra-links.ts'
import type { EntraPage } from './entra-links.ts'
import { useSetupModel } from './setup-context.ts'

const names = { registrations: 'linkRegistrations', newRegistration: 'linkNewRegistration', cloudShell: 'linkCloudShell' } as const

/** A link into Microsoft's admin centers, in the tenant's cloud. */
export function EntraPageLink({ to }: { to: EntraPage }) {
  const { t, values } = useSetupModel()
  return (
    <Link href={entraLink(to, values.cloud)} external={t(to === 'cloudShell' ? 'azure' : 'entra')}>
      {t(names[to])}
    </Link>
  )
}
