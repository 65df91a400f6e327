import { z } from 'zod/mini'
import { invalidArgument } from '../http/api-error.ts'
import type { Call } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import { accountOf, authenticate } from '../oauth/authenticate.ts'
import type { AccountState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import type { Span } from './event-times.ts'
import { findSeenCalendar } from './find-calendar.ts'
import { listBusySpans } from './list-busy-spans.ts'
import { CALENDAR_ACCESS } from './open-calendar.ts'

const MOST_CALENDARS = 50
/** Not in the reference: longer questions are answered "The requested time range is too long." */
const LONGEST = 90 * 86_400_000

const body = z.object({
  timeMin: z.optional(z.string()),
  timeMax: z.optional(z.string()),
  timeZone: z.optional(z.string()),
  items: z._default(z.array(z.object({ id: z.string() })), []),
})

/** `freebusy.query`: when calendars are taken, without telling by what. */
export function queryFreeBusy(world: World, call: Call) {
  const account = accountOf(world, authenticate(world, call, 'calendar', CALENDAR_ACCESS.freeBusy.scopes))
  const { timeMin, timeMax, items } = readJson(call, body)
  const span = { from: readTime('timeMin', timeMin), to: readTime('timeMax', timeMax) }
  if (span.to <= span.from) throw invalidArgument('The specified time range is empty.', 'timeRangeEmpty')
  if (span.to - span.from > LONGEST) throw invalidArgument('The requested time range is too long.', 'timeRangeTooLong')
  return {
    kind: 'calendar#freeBusy',
    timeMin: new Date(span.from).toISOString(),
    timeMax: new Date(span.to).toISOString(),
    calendars: Object.fromEntries(items.map(({ id }, place) => [id, describe(world, account, id, span, place)])),
  }
}

function describe(world: World, account: AccountState, id: string, span: Span, place: number) {
  if (place >= MOST_CALENDARS) return { errors: [{ domain: 'global', reason: 'tooManyCalendarsRequested' }], busy: [] }
  const seen = findSeenCalendar(world, account, id)
  if (!seen) return { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] }
  return { busy: listBusySpans(seen.calendar, span).map(({ from, to }) => ({ start: show(from), end: show(to) })) }
}

/** Google leaves out the milliseconds. */
function show(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}

function readTime(name: string, text: string | undefined): number {
  if (text === undefined) throw invalidArgument(`Missing ${name} parameter.`, 'required')
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw invalidArgument('Bad Request', 'badRequest')
  return time
}
