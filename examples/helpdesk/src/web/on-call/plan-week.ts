import type { CalendarMoment } from '@tenantry/sdk'
import type { OnCallWeek } from '../../server/on-call/create-on-call-api.ts'
import type { Shift } from '../../server/on-call/shift.ts'

/** A shift on one of the days that it covers. */
export interface Piece {
  readonly shift: Shift
  /** The time it begins and ends, where it does that on this day. */
  readonly from: Date | null
  readonly to: Date | null
  /** The first that is shown of it. */
  readonly isFirst: boolean
}

export interface Day {
  /** Local midnight. */
  readonly date: Date
  readonly isToday: boolean
  /** What lasts the whole day, and what has times. */
  readonly whole: readonly Piece[]
  readonly timed: readonly Piece[]
}

/** The week by the reader's own days; a shift stands on every day that it covers. */
export function planWeek({ monday, now, shifts }: Pick<OnCallWeek, 'monday' | 'now' | 'shifts'>): Day[] {
  const first = midnight(monday)
  const today = startOfDay(new Date(now)).getTime()
  return Array.from({ length: 7 }, (_, at) => {
    const date = plusDays(first, at)
    const pieces = shifts.flatMap((shift) => pieceOn(shift, date, at === 0))
    const isWhole = ({ from, to }: Piece) => from === null && to === null
    return {
      date,
      isToday: date.getTime() === today,
      whole: pieces.filter(isWhole),
      timed: pieces.filter((piece) => !isWhole(piece)).toSorted((left, right) => beginOf(left) - beginOf(right)),
    }
  })
}

/** A whole day is the same date everywhere, so it is not shifted into the reader's time zone. */
export function toDate({ allDay, value, instant }: Pick<CalendarMoment, 'allDay' | 'value' | 'instant'>): Date {
  return allDay ? midnight(value) : new Date(instant)
}

/** Local midnight of a date. */
export function midnight(date: string): Date {
  return new Date(`${date}T00:00:00`)
}

export function plusDays(date: Date, days: number): Date {
  const next = new Date(date)
  next.setDate(next.getDate() + days)
  return next
}

/** `2026-03-02`, as the reader's clock says. */
export function writeDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function pieceOn(shift: Shift, date: Date, isMonday: boolean): Piece[] {
  const next = plusDays(date, 1)
  const [start, end] = [toDate(shift.start), toDate(shift.end)]
  const begins = start >= date && start < next
  if (!begins && (start >= next || end <= date)) return []
  const isFirst = begins || isMonday
  const lastsWhole = start <= date && end >= next
  if (shift.start.allDay || lastsWhole) return [{ shift, from: null, to: null, isFirst }]
  return [{ shift, from: begins ? start : null, to: end <= next ? end : null, isFirst }]
}

const beginOf = ({ from }: Piece) => from?.getTime() ?? 0

function startOfDay(date: Date): Date {
  const start = new Date(date)
  start.setHours(0, 0, 0, 0)
  return start
}
