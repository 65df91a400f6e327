import type { HealthReport } from '../../server/health/read-health.ts'
import { useHealthWords } from './health-words.ts'
import { judgeHealth } from './judge-health.ts'
import type { Finding } from './judge-health.ts'
import { StateIcon } from './state-icon.tsx'
import { useShareWords } from './use-share-words.ts'
import { useTimeWords } from './use-time-words.ts'

const shown = 5

interface VerdictCardProps {
  report: HealthReport
  /** Epoch milliseconds of the browser. */
  watchedSince: number
  seenAt: number
  /** The last look failed: what was seen earlier is no verdict any more. */
  isStale: boolean
}

/** One sentence on whether all is well, and what is not. */
export function VerdictCard({ report, watchedSince, seenAt, isStale }: VerdictCardProps) {
  const t = useHealthWords()
  const { sayCount, sayMoment } = useTimeWords()
  const { level, findings, waiting, connections } = judgeHealth(report)
  const headline = level === 'attention' ? t.attention(sayCount(waiting), sayCount(connections)) : t[level]
  const rest = findings.length - shown
  return (
    <section className="card verdict">
      <StateIcon level={isStale ? 'unknown' : level} />
      <div>
        {/* Announced when it changes. */}
        <h2>
          <output>{isStale ? t.unknown : headline}</output>
        </h2>
        {isStale && <p>{t.lastSeen(sayMoment(seenAt, seenAt), headline)}</p>}
        {!isStale && level === 'well' && <p>{t.wellHelp}</p>}
        {!isStale && level === 'nothing' && <p>{t.nothingHelp}</p>}
        {findings.length > 0 && (
          <ul>
            {findings.slice(0, shown).map((finding) => (
              <li key={finding.kind === 'broken' ? `${finding.share.tenantId}/${finding.share.key}` : finding.kind}>
                <FindingWords finding={finding} tenants={report.tenants} />
              </li>
            ))}
            {rest > 0 && <li>{t.more(sayCount(rest))}</li>}
          </ul>
        )}
        <p className="meta">{t.watchedSince(sayMoment(watchedSince, seenAt))}</p>
      </div>
    </section>
  )
}

function FindingWords({ finding, tenants }: { finding: Finding; tenants: HealthReport['tenants'] }) {
  const t = useHealthWords()
  const { sayCount, sayDuration } = useTimeWords()
  const { sayShare, sayReason } = useShareWords(tenants)
  if (finding.kind === 'late') return t.isLate(sayDuration(finding.latenessMs))
  if (finding.kind === 'ending') return t.isEnding(sayCount(finding.count))
  if (finding.kind === 'waiting') return t.needSomebody(sayCount(finding.count))
  return t.isBroken(sayShare(finding.share), sayReason(finding.share).title)
}
