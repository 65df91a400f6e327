import type { Check } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { checkListMessages } from './check-list.messages.ts'
import { isMoment } from './is-moment.ts'

export interface FactValueProps {
  /** Its unit is told by its end: `lookEveryMs`, `ackDeadlineSeconds`. */
  name: string
  value: Check['facts'][string]
}

/** One fact as people read it: yes and no, dates and durations in their language; everything else as it is. */
export function FactValue({ name, value }: FactValueProps) {
  const t = useMessages(checkListMessages)
  if (value === null) return t('none')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return writeNumber(name, value, t.locale)
  if (isMoment(value)) return <CalendarDate iso={value} withTime />
  return (
    <code className="tn-code" dir="ltr">
      {value}
    </code>
  )
}

const minuteMs = 60_000

function writeNumber(name: string, value: number, locale: string): string {
  const write = (amount: number, unit?: string) =>
    new Intl.NumberFormat(locale, unit === undefined ? {} : { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
  if (name.endsWith('Seconds')) return write(value, 'second')
  if (!name.endsWith('Ms')) return write(value)
  return value < minuteMs ? write(value, 'millisecond') : write(value / minuteMs, 'minute')
}
