import { useQuery } from '@tanstack/react-query'
import type { Person } from '../../server/people.ts'
import type { AuditLog } from '../../server/health/read-audit-log.ts'
import { Failure } from '../failure.tsx'
import { request } from '../request.ts'
import { AuditLines } from './audit-lines.tsx'
import { HealthCard } from './health-card.tsx'
import { useHealthWords } from './health-words.ts'
import { StateIcon } from './state-icon.tsx'
import { useTimeWords } from './use-time-words.ts'

/** A tenant's audit log, verified when it is opened and whenever somebody asks. */
export function AuditCard({ tenantId, people }: { tenantId: string | null; people: readonly Person[] }) {
  const t = useHealthWords()
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery({
    // Under a key of its own: that something changed is no reason to verify a whole log.
    queryKey: ['audit', tenantId],
    queryFn: () => request<AuditLog>(`/api/health/audit?${new URLSearchParams({ tenant: tenantId ?? '' })}`),
    enabled: tenantId !== null,
    staleTime: Infinity,
    retry: false,
  })
  return (
    <HealthCard title={t.audit} help={t.auditHelp} empty={tenantId === null && t.chooseTenant} className="audit">
      <div className="audit-verdict">
        <output>
          {isFetching ? <span className="quiet">{t.verifying}</span> : data && !error && <AuditVerdict log={data} at={dataUpdatedAt} />}
        </output>
        <button type="button" className="button" aria-disabled={isFetching} onClick={() => void (isFetching || refetch())}>
          {t.verifyAgain}
        </button>
      </div>
      {error && <Failure error={error} />}
      {data && data.lines.length > 0 && <AuditLines log={data} people={people} />}
    </HealthCard>
  )
}

function AuditVerdict({ log: { verdict }, at }: { log: AuditLog; at: number }) {
  const t = useHealthWords()
  const { sayCount, sayMoment } = useTimeWords()
  return (
    <span className="standing">
      <StateIcon level={verdict.ok ? 'well' : 'trouble'} />
      {!verdict.ok && `${t.brokenLog(sayCount(verdict.brokenAt))} ${t.faults[verdict.reason]}`}
      {verdict.ok && (verdict.lines === 0 ? t.noLines : t.verified(sayCount(verdict.lines), sayMoment(at, at)))}
    </span>
  )
}
