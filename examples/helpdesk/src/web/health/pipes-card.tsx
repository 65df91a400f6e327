import type { HealthReport } from '../../server/health/read-health.ts'
import { HealthCard } from './health-card.tsx'
import { useHealthWords } from './health-words.ts'
import { Moment } from './moment.tsx'
import { useTenantName } from './use-share-words.ts'

/** Push pipes that should have been renewed long ago. */
export function PipesCard({ pipes, tenants, at }: Pick<HealthReport, 'pipes' | 'tenants' | 'at'>) {
  const t = useHealthWords()
  const nameOf = useTenantName(tenants)
  const providers: Readonly<Record<string, string>> = t.providers
  return (
    <HealthCard title={t.pipes} help={t.pipesHelp} empty={pipes.length === 0 && t.noPipes}>
      <table className="health-table">
        <thead>
          <tr>
            <th scope="col">{t.pipe}</th>
            <th scope="col">{t.ends}</th>
          </tr>
        </thead>
        <tbody>
          {pipes.map(({ tenantId, connectionId, provider, expiresAt }) => (
            <tr key={`${tenantId}/${connectionId}/${expiresAt}`}>
              <th scope="row">
                {nameOf(tenantId)}, {providers[provider] ?? provider}
                <code>{connectionId}</code>
              </th>
              <td>
                <Moment time={expiresAt} now={at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </HealthCard>
  )
}
