import type { Person } from '../../server/people.ts'
import type { HealthReport } from '../../server/health/read-health.ts'
import { navigate, useLocation } from '../use-location.ts'
import { AuditCard } from './audit-card.tsx'
import { BrokenCard } from './broken-card.tsx'
import { chooseTenant } from './choose-tenant.ts'
import { ConnectionsCard } from './connections-card.tsx'
import { DueCard } from './due-card.tsx'
import { useHealthWords } from './health-words.ts'
import { PipesCard } from './pipes-card.tsx'
import { TenantChoice } from './tenant-choice.tsx'

/** The lists behind the verdict, of all tenants or of the one in the page's address. */
export function HealthDetails({ report, people }: { report: HealthReport; people: readonly Person[] }) {
  const t = useHealthWords()
  const asked = useLocation().searchParams.get('tenant')
  const only = report.tenants.length === 1 ? report.tenants[0] : undefined
  const chosen = only ?? report.tenants.find(({ id }) => id === asked)
  const tenantId = chosen?.id ?? null
  const shown = chooseTenant(report, only === undefined ? tenantId : null)
  const choose = (id: string | null) => navigate(id === null ? '/health' : `/health?tenant=${encodeURIComponent(id)}`)
  return (
    <>
      {only === undefined && (
        <div className="health-choice">
          <TenantChoice tenants={report.tenants} chosen={tenantId} onChoose={choose} />
          <output className="quiet">{chosen && t.chosenOnly(chosen.name)}</output>
        </div>
      )}
      {report.isCut && <p className="health-stale">{t.cut}</p>}
      <div className="health-lists">
        <div>
          <BrokenCard broken={shown.broken} tenants={shown.tenants} at={shown.at} />
          <ConnectionsCard connections={shown.connections} tenants={shown.tenants} />
        </div>
        <div>
          <DueCard tasks={shown.tasks} />
          <PipesCard pipes={shown.pipes} tenants={shown.tenants} at={shown.at} />
        </div>
      </div>
      <AuditCard key={tenantId} tenantId={tenantId} people={people} />
    </>
  )
}
