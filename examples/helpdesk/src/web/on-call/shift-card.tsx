import type { Shift } from '../../server/on-call/shift.ts'
import { useWords } from '../preferences.tsx'
import type { Piece } from './plan-week.ts'
import { useShiftWords } from './use-shift-words.ts'

interface ShiftCardProps {
  piece: Piece
  onCancel: (shift: Shift) => void
}

/** A shift on one day; what changed in the last day is marked, in words too. */
export function ShiftCard({ piece, onCancel }: ShiftCardProps) {
  const t = useWords()
  const { sayTimes, sayChange } = useShiftWords()
  const { shift, from, isFirst } = piece
  const { title, who, start, repeats, change, cancelled, cancellation } = shift
  const mark = sayChange(shift)
  return (
    <li className="shift" data-changed={(change !== null && !change.own) || undefined} data-cancelled={cancelled || undefined}>
      <time dateTime={from === null && !start.allDay ? start.instant : start.value}>
        <bdi>{sayTimes(piece)}</bdi>
      </time>
      <strong>
        <bdi>{title || t.untitled}</bdi>
      </strong>
      <span className="who">
        <bdi>{who}</bdi>
        {repeats && <span> · {t.repeats}</span>}
      </span>
      {mark !== null && (
        <span className="mark">
          <bdi>{mark}</bdi>
        </span>
      )}
      {isFirst && cancellation !== null && (
        <button type="button" className="quiet-button" onClick={() => onCancel(shift)}>
          {t.cancelShift}
          <span className="hidden"> {title || t.untitled}</span>
        </button>
      )}
    </li>
  )
}
