import { useLanguage } from '../../locales/messages-context.ts'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'
import { formatClock, formatUtc } from './format-time.ts'
import { useNow } from './use-now.ts'

/** A moment that is near: the reader's time of day, with the day when that is farther than the clock goes round; UTC in server HTML. */
export function ClockTime({ iso }: { iso: string }) {
  const part = usePart()
  const { timeZone } = usePartEnvironment()
  const { locale } = useLanguage()
  const now = useNow()
  return (
    <time {...part('time')} dateTime={iso}>
      {now === null ? formatUtc(iso) : formatClock(iso, now, locale, timeZone)}
    </time>
  )
}
