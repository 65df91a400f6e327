import type { Schedule, Shift } from '../../server/database/list-shifts.ts'

export interface Day {
  /** Local midnight. */
  readonly date: Date
  readonly shifts: readonly Shift[]
}

/** The schedule by local days, the first one being today; a shift stands on the day it starts, or on the first that is shown. */
export function planDays({ now, days, shifts }: Schedule): Day[] {
  const dates = Array.from({ length: days }, (_, ahead) => {
    const date = new Date(now)
    date.setHours(0, 0, 0, 0)
    date.setDate(date.getDate() + ahead)
    return date
  })
  return dates.map((date, at) => {
    const next = dates[at + 1] ?? endOf(date)
    const isOn = (shift: Shift): boolean => {
      const start = startOf(shift)
      return start < next && (start >= date || (at === 0 && endsAfter(shift, date)))
    }
    return { date, shifts: shifts.filter(isOn) }
  })
}

/** A whole day is the same date everywhere, so it is not shifted into the reader's time zone. */
export function startOf({ startsAt, allDay }: Shift): Date {
  return allDay ? new Date(`${startsAt.slice(0, 10)}T00:00:00`) : new Date(startsAt)
}

function endsAfter({ endsAt, allDay }: Shift, date: Date): boolean {
  return (allDay ? new Date(`${endsAt.slice(0, 10)}T00:00:00`) : new Date(endsAt)) > date
}

function endOf(date: Date): Date {
  const next = new Date(date)
  next.setDate(next.getDate() + 1)
  return next
}
