import type { HealthReport } from '../../server/health/read-health.ts'
import { HealthCard } from './health-card.tsx'
import { useHealthWords } from './health-words.ts'
import { Moment } from './moment.tsx'
import { StateIcon } from './state-icon.tsx'
import { useShareWords } from './use-share-words.ts'

/** What many connections share and what does not work, with the way out. */
export function BrokenCard({ broken, tenants, at }: Pick<HealthReport, 'broken' | 'tenants' | 'at'>) {
  const t = useHealthWords()
  const { sayShare, sayReason } = useShareWords(tenants)
  return (
    <HealthCard title={t.broken} help={t.brokenHelp} empty={broken.length === 0 && t.noneBroken}>
      <ul className="broken">
        {broken.map((share) => {
          const { title, detail, remedy } = sayReason(share)
          return (
            <li key={`${share.tenantId}/${share.key}`}>
              <StateIcon level="trouble" />
              <div>
                <h3>{sayShare(share)}</h3>
                <p>
                  <strong>{title}.</strong> {detail} {remedy}
                </p>
                <dl>
                  <dt>{t.since}</dt>
                  <dd>
                    <Moment time={share.since} now={at} />
                  </dd>
                  <dt>{t.nextTry}</dt>
                  <dd>{share.nextTryAt > at ? <Moment time={share.nextTryAt} now={at} /> : t.soon}</dd>
                </dl>
              </div>
            </li>
          )
        })}
      </ul>
    </HealthCard>
  )
}
