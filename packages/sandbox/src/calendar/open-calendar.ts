import { ApiError, notFound } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call } from '../http/operation.ts'
import { accountOf, authenticate } from '../oauth/authenticate.ts'
import type { AccountState } from '../state/account-state.ts'
import type { AccessTokenState } from '../state/oauth-state.ts'
import type { World } from '../state/world.ts'
import { allows, findSeenCalendar } from './find-calendar.ts'
import type { CalendarRole, SeenCalendar } from './find-calendar.ts'

const AUTH = 'https://www.googleapis.com/auth/'
const WHOLE = [`${AUTH}calendar`, `${AUTH}calendar.readonly`]

/** What a kind of call needs: one of the scopes, and in the calendar at least the role. */
export interface CalendarAccess {
  scopes: string[]
  role: CalendarRole
}

/** What opens calendars, by what is done to them. */
export const CALENDAR_ACCESS = {
  list: open([...WHOLE, `${AUTH}calendar.calendarlist`, `${AUTH}calendar.calendarlist.readonly`]),
  describe: open([...WHOLE, `${AUTH}calendar.calendars`, `${AUTH}calendar.calendars.readonly`]),
  readEvents: open([...WHOLE, `${AUTH}calendar.events`, `${AUTH}calendar.events.readonly`]),
  writeEvents: { scopes: [`${AUTH}calendar`, `${AUTH}calendar.events`], role: 'writer' },
  freeBusy: open([...WHOLE, `${AUTH}calendar.freebusy`, `${AUTH}calendar.events.freebusy`]),
} satisfies Record<string, CalendarAccess>

function open(scopes: string[]): CalendarAccess {
  return { scopes, role: 'freeBusyReader' }
}

/** The calendar the path names (`primary`, an address or an id), as `account`, who asks, sees it. @throws ApiError 401, 403, 404 */
export function openCalendar(
  world: World,
  call: Call,
  access: CalendarAccess,
): SeenCalendar & { account: AccountState; token: AccessTokenState } {
  const token = authenticate(world, call, 'calendar', access.scopes)
  const account = accountOf(world, token)
  const seen = findSeenCalendar(world, account, param(call, 'calendarId'))
  if (!seen) throw notFound('Not Found')
  if (!allows(seen.role, access.role)) {
    throw new ApiError({
      code: 403,
      status: 'PERMISSION_DENIED',
      message: 'You need to have writer access to this calendar.',
      domain: 'calendar',
      reason: 'requiredAccessLevel',
    })
  }
  return { account, token, ...seen }
}
