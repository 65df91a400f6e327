import { useLanguage } from '../../locales/messages-context.ts'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'
import { formatDate, formatUtc } from './format-time.ts'
import { useNow } from './use-now.ts'

export interface CalendarDateProps {
  /** ISO 8601. */
  iso: string
  withTime?: boolean
}

/** A day: the UTC day in server HTML, the reader's own day and wording once mounted. */
export function CalendarDate({ iso, withTime = false }: CalendarDateProps) {
  const part = usePart()
  const { timeZone } = usePartEnvironment()
  const { locale } = useLanguage()
  const mounted = useNow() !== null
  const utc = withTime ? formatUtc(iso) : formatUtc(iso).slice(0, 10)
  return (
    <time {...part('time')} dateTime={iso}>
      {mounted ? formatDate(iso, locale, timeZone, withTime) : utc}
    </time>
  )
}
