import { notFound } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call } from '../http/operation.ts'
import { accountOf, authenticate } from '../oauth/authenticate.ts'
import type { AccountState, CalendarState } from '../state/account-state.ts'
import type { AccessTokenState } from '../state/oauth-state.ts'
import type { World } from '../state/world.ts'

const AUTH = 'https://www.googleapis.com/auth/'
const WHOLE = [`${AUTH}calendar`, `${AUTH}calendar.readonly`]

/** Scopes that open calendars, by what is done to them. */
export const CALENDAR_ACCESS = {
  list: [...WHOLE, `${AUTH}calendar.calendarlist`, `${AUTH}calendar.calendarlist.readonly`],
  describe: [...WHOLE, `${AUTH}calendar.calendars`, `${AUTH}calendar.calendars.readonly`],
  readEvents: [...WHOLE, `${AUTH}calendar.events`, `${AUTH}calendar.events.readonly`],
  writeEvents: [`${AUTH}calendar`, `${AUTH}calendar.events`],
  any: [...WHOLE, `${AUTH}calendar.events`, `${AUTH}calendar.events.readonly`],
}

/** The calendar the path names: `primary`, an address or an id. @throws ApiError 401, 403, 404 */
export function openCalendar(
  world: World,
  call: Call,
  scopes: string[],
): { account: AccountState; calendar: CalendarState; token: AccessTokenState } {
  const token = authenticate(world, call, 'calendar', scopes)
  const account = accountOf(world, token)
  const calendar = findCalendar(account, param(call, 'calendarId'))
  if (!calendar) throw notFound('Not Found')
  return { account, calendar, token }
}

/** One of the account's calendars. */
export function findCalendar(account: AccountState, id: string): CalendarState | undefined {
  return account.calendars.find((calendar) => (id === 'primary' ? calendar.primary : calendar.id.toLowerCase() === id.toLowerCase()))
}
