import type { AccountState, CalendarState, SharedCalendarState } from '../state/account-state.ts'
import { findBy } from '../state/find-by.ts'
import type { World } from '../state/world.ts'

export type CalendarRole = SharedCalendarState['role']

/** A calendar as one account sees it. */
export interface SeenCalendar {
  /** The account that holds it. */
  owner: AccountState
  calendar: CalendarState
  role: CalendarRole
}

const RANK: readonly CalendarRole[] = ['freeBusyReader', 'reader', 'writer', 'owner']

/** One of the account's own calendars: `primary`, an address or an id. */
export function findCalendar(account: AccountState, id: string): CalendarState | undefined {
  return account.calendars.find((calendar) => (id === 'primary' ? calendar.primary : calendar.id.toLowerCase() === id.toLowerCase()))
}

/** Every calendar in the account's list: its own first, then what others share with it. */
export function listSeenCalendars(world: World, account: AccountState): SeenCalendar[] {
  const own = account.calendars.map((calendar) => ({ owner: account, calendar, role: roleInOwn(calendar) }))
  const shared = account.shared.flatMap(({ owner: address, calendarId, role }) => {
    const owner = findBy(world.state.accounts, 'address', address)
    const calendar = owner && findCalendar(owner, calendarId)
    return calendar ? [{ owner, calendar, role }] : []
  })
  return [...own, ...shared]
}

/** A calendar in the account's list, by the name a path gives it. */
export function findSeenCalendar(world: World, account: AccountState, id: string): SeenCalendar | undefined {
  const own = findCalendar(account, id)
  return listSeenCalendars(world, account).find(({ calendar }) => (own ? calendar === own : calendar.id.toLowerCase() === id.toLowerCase()))
}

/** True for a role that allows at least what `least` allows. */
export function allows(role: CalendarRole, least: CalendarRole): boolean {
  return RANK.indexOf(role) >= RANK.indexOf(least)
}

/** Holiday and imported calendars belong to nobody who lists them. */
function roleInOwn({ pushable }: CalendarState): CalendarRole {
  return pushable ? 'owner' : 'reader'
}
