import { findCalendar } from '../calendar/find-calendar.ts'
import { findEvent } from '../calendar/find-event.ts'
import { findById } from '../gmail/mailbox-index.ts'
import type { AccountState, CalendarState, MessageState, StoredEventState } from '../state/account-state.ts'
import { findBy } from '../state/find-by.ts'
import type { ClientState, ProjectState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'

/** @throws Error for an unknown project */
export function findProject(world: World, projectId: string): ProjectState {
  return known(findBy(world.state.projects, 'projectId', projectId), 'project', projectId)
}

/** @throws Error for an unknown OAuth client */
export function findClient(world: World, clientId: string): ClientState {
  return known(findBy(world.state.clients, 'clientId', clientId), 'OAuth client', clientId)
}

/** @throws Error for an unknown account */
export function findAccount(world: World, address: string): AccountState {
  return known(findBy(world.state.accounts, 'address', address.toLowerCase()), 'account', address)
}

/** @throws Error for an unknown message */
export function findMessage({ mailbox, address }: AccountState, id: string): MessageState {
  return known(findById(mailbox, id), `message of ${address}`, id)
}

/** @throws Error for an unknown calendar */
export function findCalendarOf(account: AccountState, calendarId: string): CalendarState {
  return known(findCalendar(account, calendarId), `calendar of ${account.address}`, calendarId)
}

/** Also an instance of a series. @throws Error for an unknown event */
export function findEventOf(calendar: CalendarState, eventId: string): StoredEventState {
  return known(findEvent(calendar, eventId), `event of ${calendar.id}`, eventId)
}

function known<T>(found: T | undefined, kind: string, name: string): T {
  if (found === undefined) throw new Error(`The sandbox has no ${kind} ${name}`)
  return found
}
