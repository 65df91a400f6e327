import type { Shift } from '../../server/on-call/shift.ts'
import { usePreferences, useWords } from '../preferences.tsx'
import { toDate } from './plan-week.ts'
import type { Piece } from './plan-week.ts'

/** When a shift is and what happened to it, in the reader's language. */
export function useShiftWords() {
  const t = useWords()
  const { locale } = usePreferences()
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })

  const sayTimes = ({ from, to }: Pick<Piece, 'from' | 'to'>): string => {
    if (from !== null) return to === null ? t.fromTime(time.format(from)) : time.formatRange(from, to)
    return to === null ? t.allDay : t.untilTime(time.format(to))
  }

  const sayChange = ({ change, start }: Shift): string | null => {
    if (change === null) return null
    if (change.own)
      return { created: t.isAddedHere, cancelled: t.isCancelledHere, updated: t.isChangedHere, moved: t.isChangedHere }[change.kind]
    if (change.kind !== 'moved' || change.from === null)
      return { created: t.isNew, cancelled: t.isCancelled, updated: t.isChanged, moved: t.isChanged }[change.kind]
    const [from, to] = [toDate(change.from), toDate(start)]
    const sameDay = from.toDateString() === to.toDateString()
    return t.movedFrom(
      from.toLocaleString(locale, {
        ...(!sameDay && { weekday: 'short', day: 'numeric', month: 'short' }),
        ...(!change.from.allDay && { hour: 'numeric', minute: '2-digit' }),
      }),
    )
  }

  const sayDay = (date: Date): string => date.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long' })

  return { sayTimes, sayChange, sayDay }
}
