import { usePreferences, useWords } from '../preferences.tsx'
import type { Shift } from '../../server/on-call/shift.ts'
import type { Day } from './plan-week.ts'
import { ShiftCard } from './shift-card.tsx'

interface DayColumnProps {
  day: Day
  onCancel: (shift: Shift) => void
}

/** One day: what lasts all of it first. */
export function DayColumn({ day: { date, isToday, whole, timed }, onCancel }: DayColumnProps) {
  const t = useWords()
  const { locale } = usePreferences()
  const isFree = whole.length === 0 && timed.length === 0
  const cards = (pieces: Day['timed']) => pieces.map((piece) => <ShiftCard key={piece.shift.id} piece={piece} onCancel={onCancel} />)
  return (
    <li className="day" aria-current={isToday ? 'date' : undefined} data-empty={isFree || undefined}>
      <h3>
        {date.toLocaleDateString(locale, { weekday: 'long' })}{' '}
        <span>
          {date.toLocaleDateString(locale, { day: 'numeric', month: 'short' })}
          {isToday && <strong> {t.today}</strong>}
        </span>
      </h3>
      {whole.length > 0 && (
        <ul className="whole" aria-label={t.allDay}>
          {cards(whole)}
        </ul>
      )}
      {timed.length > 0 && <ul className="timed">{cards(timed)}</ul>}
      {isFree && <p className="quiet">{t.free}</p>}
    </li>
  )
}
