import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useSetupModel } from './setup-context.ts'

const SHOWN = 5

/** Sign-ins that Google ends by itself: the app is in Testing, whatever was ticked. */
export function EndingSignIns() {
  const { t, status } = useSetupModel()
  const [first, ...others] = status.endingSignIns
  if (!first) return null
  const fill = ({ name, endsAt }: typeof first) => ({ name, date: <CalendarDate key="date" iso={endsAt} /> })
  const more = others.length - (SHOWN - 1)
  return (
    <Callout tone="warning" title={t.rich('trapFound', fill(first))}>
      {others.slice(0, SHOWN - 1).map((other) => (
        <p key={other.connectionId}>{t.rich('trapAlso', fill(other))}</p>
      ))}
      {more > 0 && <p>{t('trapMore', { count: more })}</p>}
      <p>{t.rich('trapFix', { link: <ConsolePageLink key="link" to="audience" /> })}</p>
    </Callout>
  )
}
