import type { HealthReport } from '../../server/health/read-health.ts'
import { useFailureWords } from '../use-failure-words.ts'
import { HealthCard } from './health-card.tsx'
import { useHealthWords } from './health-words.ts'
import { needsSomebody } from './judge-health.ts'
import { StateIcon } from './state-icon.tsx'
import { useTenantName } from './use-share-words.ts'
import { useTimeWords } from './use-time-words.ts'

type Tally = HealthReport['connections'][number]

/** How many connections stand where, and why; of all tenants or the chosen one. */
export function ConnectionsCard({ connections, tenants }: Pick<HealthReport, 'connections' | 'tenants'>) {
  const t = useHealthWords()
  const { sayCount } = useTimeWords()
  const nameOf = useTenantName(tenants)
  const wordsOf = useFailureWords()
  const providers: Readonly<Record<string, string>> = t.providers
  return (
    <HealthCard title={t.connections} help={t.connectionsHelp} empty={connections.length === 0 && t.noConnections}>
      <table className="health-table">
        <thead>
          <tr>
            <th scope="col">{t.connection}</th>
            <th scope="col" className="number">
              {t.count}
            </th>
          </tr>
        </thead>
        <tbody>
          {connections.toSorted(byNeed).map((tally) => {
            const { tenantId, provider, status, reason, count } = tally
            return (
              <tr key={`${tenantId}/${provider}/${status}/${reason}`}>
                <th scope="row">
                  <span className="standing">
                    <StateIcon level={levelOf(tally)} />
                    {t.statuses[status]}
                  </span>
                  {reason && <span className="why">{wordsOf(reason)?.title ?? reason}</span>}
                  <span className="meta">
                    {nameOf(tenantId)}, {providers[provider] ?? provider}
                  </span>
                </th>
                <td className="number">{sayCount(count)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </HealthCard>
  )
}

function levelOf(tally: Tally) {
  if (tally.status === 'connected') return 'well'
  if (!needsSomebody(tally)) return 'nothing'
  return tally.status === 'degraded' ? 'attention' : 'trouble'
}

const byNeed = (left: Tally, right: Tally): number =>
  Number(needsSomebody(right)) - Number(needsSomebody(left)) || left.tenantId.localeCompare(right.tenantId) || right.count - left.count
