import { useLanguage } from '../../locales/messages-context.ts'
import { usePart, usePartEnvironment } from '../environment/use-part.ts'
import { formatDate, formatRelative, formatUtc } from './format-time.ts'
import { useNow } from './use-now.ts'

export interface RelativeTimeProps {
  /** ISO 8601. */
  iso: string
  className?: string
}

/** A moment: absolute UTC in server HTML, relative once mounted, renewed each 30 s. */
export function RelativeTime({ iso, className }: RelativeTimeProps) {
  const part = usePart()
  const { timeZone } = usePartEnvironment()
  const { locale } = useLanguage()
  const now = useNow()
  return (
    <time {...part('time', className)} dateTime={iso} title={now === null ? undefined : formatDate(iso, locale, timeZone, true)}>
      {now === null ? formatUtc(iso) : formatRelative(iso, now, locale)}
    </time>
  )
}

/** The words of RelativeTime, for use inside a sentence or an attribute. */
export function useRelativeTime(iso: string): string {
  const { locale } = useLanguage()
  const now = useNow()
  return now === null ? formatUtc(iso) : formatRelative(iso, now, locale)
}
