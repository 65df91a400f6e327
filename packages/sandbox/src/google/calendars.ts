import { DEFAULT_COLOR, readColor } from '../calendar/colors.ts'
import { insertEvent } from '../calendar/write-event.ts'
import type { AccountState, CalendarState } from '../state/account-state.ts'
import { newId } from '../state/new-id.ts'
import type { World } from '../state/world.ts'
import { createEventVerbs, fieldsOf } from './calendar-events.ts'
import type { EventVerbs } from './calendar-events.ts'
import { findAccount } from './find.ts'
import type { GoogleWorld } from './google-world.ts'

const HOUR = 3_600_000

type CalendarVerbs = EventVerbs & Pick<GoogleWorld, 'createCalendar' | 'expireSyncTokens'>

/** What happens in calendars. */
export function createCalendarVerbs(world: World): CalendarVerbs {
  return {
    ...createEventVerbs(world),
    createCalendar: (address, options) => {
      const calendar = createCalendarState(options)
      findAccount(world, address).calendars.push(calendar)
      return { id: calendar.id }
    },
    expireSyncTokens: (address) => {
      for (const calendar of findAccount(world, address).calendars) calendar.generation += 1
    },
  }
}

/** A calendar without events. */
export function createCalendarState(options: {
  summary: string
  id?: string
  timeZone?: string
  pushable?: boolean
  primary?: boolean
  color?: string
}): CalendarState {
  return {
    id: options.id ?? `${newId(26)}@group.calendar.google.com`,
    summary: options.summary,
    timeZone: options.timeZone ?? 'Europe/Berlin',
    color: readColor(options.color ?? DEFAULT_COLOR),
    primary: options.primary ?? false,
    pushable: options.pushable ?? true,
    resourceId: newId(27),
    version: 0,
    generation: 0,
    events: [],
  }
}

/** A few believable events in the days to come. */
export function seedEvents(world: World, account: AccountState, calendar: CalendarState): void {
  const midnight = Math.floor(world.clock.now() / 86_400_000) * 86_400_000
  const add = (day: number, hour: number, hours: number, summary: string, recurrence?: string[]) => {
    const start = midnight + day * 86_400_000 + hour * HOUR
    const draft = { summary, start, end: start + hours * HOUR, ...(recurrence ? { recurrence } : {}) }
    insertEvent(world, account, calendar, fieldsOf(draft, calendar.timeZone))
  }
  add(1, 9, 8, `On-call: ${account.name}`, ['RRULE:FREQ=WEEKLY'])
  add(1, 10, 0.5, 'Stand-up')
  add(2, 14, 1, 'On-site visit: printer on floor 3')
  add(3, 11, 1, 'Review of open tickets')
}
