import type { CheckId, CheckReport } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout, toneIcons } from '../../parts/callout/callout.tsx'
import type { Tone } from '../../parts/callout/callout.tsx'
import type { IconName } from '../../parts/icon/icon-paths.ts'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { checkListMessages } from './check-list.messages.ts'
import { countChecks } from './order-checks.ts'

type CheckTexts = Translate<(typeof checkListMessages)['messages']>

export interface CheckSummaryProps {
  /** Absent before the first run. */
  report?: CheckReport | undefined
  running?: boolean
  rerun?: ((ids: readonly CheckId[]) => void) | undefined
}

/** What all checks come to, and when. Only the count is announced, not each check. */
export function CheckSummary({ report, running = false, rerun }: CheckSummaryProps) {
  const t = useMessages(checkListMessages)
  const { tone, icon, title } = summarize(report, running, t)
  const slow = running || !report ? [] : report.checks.filter((check) => check.code === 'checks_slow').map((check) => check.id)
  const again = slow.length > 0 && rerun && (
    <Button size="sm" icon="refresh" onClick={() => rerun(slow)}>
      {t('runSlow')}
    </Button>
  )
  return (
    <Callout tone={tone} icon={icon} title={<LiveRegion hidden={false}>{title}</LiveRegion>} actions={again}>
      {/* Always a second line, so that nothing moves when the report comes. */}
      {report ? <ReportTime report={report} /> : <div className="tn-check-time">{t('takes')}</div>}
      {slow.length > 0 && <div>{t('slow', { count: slow.length })}</div>}
    </Callout>
  )
}

interface Summary {
  readonly tone: Tone
  readonly icon: IconName
  readonly title: string
}

function summarize(report: CheckReport | undefined, running: boolean, t: CheckTexts): Summary {
  if (running) return { tone: 'info', icon: 'spinner', title: t('running') }
  if (!report) return { tone: 'neutral', icon: 'ring-dashed', title: t('notRun') }
  const [failed, warned] = [countChecks(report, 'fail'), countChecks(report, 'warn')]
  const counts = [failed > 0 && t('failures', { count: failed }), warned > 0 && t('warnings', { count: warned })].filter(Boolean)
  const tone = failed > 0 ? 'danger' : warned > 0 ? 'warning' : 'success'
  return { tone, icon: toneIcons[tone], title: counts.join(', ') || t('allGood') }
}

function ReportTime({ report }: { report: CheckReport }) {
  const t = useMessages(checkListMessages)
  const tookMs = Date.parse(report.finishedAt) - Date.parse(report.startedAt)
  const seconds = new Intl.NumberFormat(t.locale, { maximumFractionDigits: 1 }).format(tookMs / 1000)
  return <div className="tn-check-time">{t.rich('checked', { when: <RelativeTime key="when" iso={report.finishedAt} />, seconds })}</div>
}
