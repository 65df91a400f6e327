import { DAY, dayNumber, daysInYear, monthOf, weekdayOf, yearOf } from './day-number.ts'
import type { Frequency, RecurrenceRule } from './read-rule.ts'
import { allowsPlace, completeRule, isDayOf } from './rule-days.ts'

/** So far a series is looked into: a rule may never come true. */
const LONGEST_YEARS = 100

/**
 * The wall times an RRULE gives to a series that begins at a wall time, in order (RFC 5545, 3.3.10). The start itself is among them only
 * when the rule says so.
 */
export function* iterateRule(rule: RecurrenceRule, start: number): Generator<number> {
  const firstDay = Math.floor(start / DAY)
  const complete = completeRule(rule, firstDay)
  const times = timesOfDay(rule, start - firstDay * DAY)
  const lastYear = yearOf(firstDay) + LONGEST_YEARS
  let count = 0
  for (let step = 0; ; step += rule.interval) {
    const days = PERIODS[rule.frequency](firstDay, step, rule.weekStart)
    if (yearOf(days[0] ?? firstDay) > lastYear) return
    const walls = days.filter((day) => isDayOf(complete, day)).flatMap((day) => times.map((time) => day * DAY + time))
    for (const wall of pick(rule.positions, walls)) {
      if (wall < start) continue
      if (wall > rule.until || ++count > rule.count) return
      yield wall
    }
  }
}

/** The days of the period so many steps after that of the first day. */
const PERIODS: Record<Frequency, (firstDay: number, step: number, weekStart: number) => number[]> = {
  DAILY: (firstDay, step) => [firstDay + step],
  WEEKLY: (firstDay, step, weekStart) => days(firstDay - ((weekdayOf(firstDay) - weekStart + 7) % 7) + 7 * step, 7),
  MONTHLY: (firstDay, step) => {
    const month = monthOf(firstDay) + step
    const begin = dayNumber(yearOf(firstDay), month, 1)
    return days(begin, dayNumber(yearOf(firstDay), month + 1, 1) - begin)
  },
  YEARLY: (firstDay, step) => {
    const year = yearOf(firstDay) + step
    return days(dayNumber(year, 0, 1), daysInYear(year))
  },
}

function timesOfDay({ hours, minutes, seconds }: RecurrenceRule, start: number): number[] {
  const second = Math.floor(start / 1000)
  const or = (values: number[], own: number) => (values.length > 0 ? values : [own])
  return or(hours, Math.floor(second / 3600)).flatMap((hour) =>
    or(minutes, Math.floor(second / 60) % 60).flatMap((minute) =>
      or(seconds, second % 60).map((of) => ((hour * 60 + minute) * 60 + of) * 1000),
    ),
  )
}

function pick(positions: number[], walls: number[]): number[] {
  return walls.filter((_, at) => allowsPlace(positions, { place: at + 1, length: walls.length }))
}

function days(begin: number, length: number): number[] {
  return Array.from({ length }, (_, index) => begin + index)
}
