import type { Shift } from '../../server/database/list-shifts.ts'
import { usePreferences, useWords } from '../preferences.tsx'
import { startOf } from './plan-days.ts'

/** One shift; what changed in the last day is marked, in words too. */
export function ShiftCard({ shift }: { shift: Shift }) {
  const t = useWords()
  const { locale } = usePreferences()
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).formatRange(new Date(shift.startsAt), new Date(shift.endsAt))
  const change = useChangeWords(shift)
  return (
    <li className="shift" data-changed={change !== null || undefined} data-cancelled={shift.cancelled || undefined}>
      <time dateTime={shift.startsAt}>{shift.allDay ? t.allDay : times}</time>
      <strong>{shift.title || t.untitled}</strong>
      {change && <span className="mark">{change}</span>}
    </li>
  )
}

function useChangeWords(shift: Shift): string | null {
  const t = useWords()
  const { locale } = usePreferences()
  if (shift.changedAt === null) return null
  if (shift.cancelled) return t.isCancelled
  if (shift.movedFrom === null) return shift.isNew ? t.isNew : t.isChanged
  const from = new Date(shift.movedFrom)
  const sameDay = from.toDateString() === startOf(shift).toDateString()
  return t.movedFrom(
    from.toLocaleString(locale, {
      ...(!sameDay && { weekday: 'short', day: 'numeric', month: 'short' }),
      hour: 'numeric',
      minute: '2-digit',
    }),
  )
}
