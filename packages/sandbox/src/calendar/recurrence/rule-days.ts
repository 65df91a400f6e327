import { DAY, dateOf, dayNumber, daysInYear, monthOf, weekdayOf } from './day-number.ts'
import type { RecurrenceRule } from './read-rule.ts'

/** What a rule does not say it takes from the start. */
export function completeRule(rule: RecurrenceRule, firstDay: number): RecurrenceRule {
  const weekdays = [{ weekday: weekdayOf(firstDay), nth: 0 }]
  const monthDays = [dateOf(firstDay)]
  const saysDays = rule.weekdays.length + rule.monthDays.length + rule.yearDays.length > 0
  if (saysDays || rule.frequency === 'DAILY') return rule
  if (rule.frequency === 'WEEKLY' || rule.weeks.length > 0) return { ...rule, weekdays }
  if (rule.frequency === 'MONTHLY' || rule.months.length > 0) return { ...rule, monthDays }
  return { ...rule, monthDays, months: [monthOf(firstDay) + 1] }
}

/** True for a day on which a complete rule comes true. */
export function isDayOf(rule: RecurrenceRule, day: number): boolean {
  const at = new Date(day * DAY)
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  if (!allows(rule.months, month + 1)) return false
  const inMonth = { place: date, length: new Date(Date.UTC(year, month + 1, 0)).getUTCDate() }
  if (!allowsPlace(rule.monthDays, inMonth)) return false
  const inYear = { place: day - dayNumber(year, 0, 1) + 1, length: daysInYear(year) }
  if (!allowsPlace(rule.yearDays, inYear) || (rule.weeks.length > 0 && !isWeekOf(rule, year, day))) return false
  const weekday = at.getUTCDay()
  // The second Monday: of each month, or of the year when no month is named.
  const { place, length } = rule.frequency === 'MONTHLY' || rule.months.length > 0 ? inMonth : inYear
  const nths = [0, Math.ceil(place / 7), -Math.ceil((length - place + 1) / 7)]
  return rule.weekdays.length === 0 || rule.weekdays.some((wanted) => wanted.weekday === weekday && nths.includes(wanted.nth))
}

function isWeekOf({ weeks, weekStart }: RecurrenceRule, year: number, day: number): boolean {
  // The first week is the first with at least four days of the year.
  const begin = (of: number) => {
    const fourth = dayNumber(of, 0, 4)
    return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7)
  }
  const [week, total] = [Math.floor((day - begin(year)) / 7) + 1, (begin(year + 1) - begin(year)) / 7]
  return week >= 1 && week <= total && allowsPlace(weeks, { place: week, length: total })
}

function allows(values: number[], value: number): boolean {
  return values.length === 0 || values.includes(value)
}

/** Places count from the first on, and backwards from the last, which is -1. */
export function allowsPlace(values: number[], { place, length }: { place: number; length: number }): boolean {
  return allows(values, place) || values.includes(place - length - 1)
}
