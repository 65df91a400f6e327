import { TenantryError } from '../../../errors/index.ts'
import type { CalendarEvent } from '../../../model/calendar-event.ts'
import { instantOf, isTimeZone } from '../../../model/time-zone.ts'
import type { ParsedChanges } from './event-input.ts'

/** A time as the Calendar API takes it. */
type GoogleTime = { readonly date: string } | { readonly dateTime: string; readonly timeZone?: string }

const day = /^\d{4}-\d\d-\d\d$/
const localTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?$/
const offsetTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** A time always goes out as an instant, so that nobody else resolves a wall-clock time that is skipped or comes twice. @throws `invalid_input` */
export function toGoogleTime({ date, dateTime, timeZone }: NonNullable<ParsedChanges['start']>, field: string): GoogleTime {
  if (timeZone !== undefined && (date !== undefined || !isTimeZone(timeZone))) throw invalid(`${field}.timeZone`)
  if (date !== undefined) {
    if (dateTime !== undefined || !day.test(date) || instant(date, true) === null) throw invalid(field)
    return { date }
  }
  if (dateTime === undefined) throw invalid(field)
  if (localTime.test(dateTime) && timeZone === undefined) throw invalid(`${field}.timeZone`)
  const at = localTime.test(dateTime) || offsetTime.test(dateTime) ? instant(dateTime, false, timeZone) : null
  if (at === null) throw invalid(field)
  return { dateTime: at, ...(timeZone !== undefined && { timeZone }) }
}

/** Checks the times of what a write results in, as far as the write names them. @throws `invalid_input` */
export function checkTimes({ start, end, recurrence, recurringEventId }: CalendarEvent, changes: ParsedChanges): void {
  if (changes.recurrence !== undefined && recurringEventId !== null) throw invalid('recurrence')
  const named = changes.start !== undefined || changes.end !== undefined
  if (named && (start === null || end === null || start.allDay !== end.allDay || start.instant >= end.instant))
    throw invalid(changes.end === undefined ? 'start' : 'end')
  if ((named || changes.recurrence !== undefined) && recurrence.length > 0 && start?.allDay === false && start.timeZone === null)
    throw invalid('start.timeZone')
}

/** Whole seconds, because an event has no smaller ones; `null` when there is no such time, or none with a year of four digits. */
function instant(value: string, allDay: boolean, timeZone: string | null = null): string | null {
  const at = instantOf({ value, allDay, timeZone }, 'UTC')
  const text = at === null ? '' : new Date(Math.floor(at / 1000) * 1000).toISOString()
  return /^\d{4}-/.test(text) ? text.replace('.000Z', 'Z') : null
}

const invalid = (field: string) => new TenantryError('invalid_input', { field })
