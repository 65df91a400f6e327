import type { Check, CheckReport } from '@tenantry/sdk/wire'
import { Callout } from '../../parts/callout/callout.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { Text } from '../../parts/text/text.tsx'
import { SetupCheck } from './setup-check.tsx'
import { useSetupModel } from './setup-context.ts'

const order: readonly Check['status'][] = ['fail', 'warn', 'skip']

/** What the checks found: what to fix first, what passed on demand. */
export function CheckReportView({ report }: { report: CheckReport }) {
  const { t } = useSetupModel()
  const count = (status: Check['status']) => report.checks.filter((check) => check.status === status).length
  const [failed, warned, passed] = [count('fail'), count('warn'), count('pass')]
  const title = [failed > 0 && t('failures', { count: failed }), warned > 0 && t('warnings', { count: warned })].filter(Boolean).join(', ')
  const tookMs = Date.parse(report.finishedAt) - Date.parse(report.startedAt)
  const seconds = new Intl.NumberFormat(t.locale, { maximumFractionDigits: 1 }).format(tookMs / 1000)
  const shown = order.flatMap((status) => report.checks.filter((check) => check.status === status))
  return (
    <div className="tn-setup-stack">
      <Callout tone={failed > 0 ? 'danger' : warned > 0 ? 'warning' : 'success'} live="status" title={title || t('allGood')}>
        <Text size="small" tone="muted">
          {t.rich('checked', { when: <RelativeTime iso={report.finishedAt} />, seconds })}
        </Text>
      </Callout>
      {shown.length > 0 && (
        <ul className="tn-setup-checks">
          {shown.map((check) => (
            <SetupCheck key={check.id} check={check} />
          ))}
        </ul>
      )}
      {passed > 0 && (
        <Disclosure summary={t('passed', { count: passed })}>
          <ul className="tn-setup-checks">
            {report.checks
              .filter((check) => check.status === 'pass')
              .map((check) => (
                <SetupCheck key={check.id} check={check} />
              ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}
