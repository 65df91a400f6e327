import { findCalendar } from '../calendar/find-calendar.ts'
import { endChannels } from '../calendar/notify-channels.ts'
import type { AccountState, CalendarState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { findAccount, findCalendarOf } from './find.ts'
import type { AccessRole, GoogleWorld } from './google-world.ts'

type CalendarSharingVerbs = Pick<GoogleWorld, 'shareCalendar' | 'unshareCalendar' | 'deleteCalendar' | 'limitChannelLife'>

/** Who sees which calendar, and for how long. */
export function createCalendarSharingVerbs(world: World): CalendarSharingVerbs {
  return {
    shareCalendar: (ownerAddress, calendarId, withAddress, role) => {
      const { owner, calendar, guest } = findShare(world, ownerAddress, calendarId, withAddress)
      if (guest === owner) throw new Error(`${guest.address} owns the calendar ${calendar.id}`)
      const known = findCalendar(guest, calendar.id)
      if (known) throw new Error(`${guest.address} has a calendar ${calendar.id} of its own`)
      changeShare(guest, owner, calendar, role)
    },
    unshareCalendar: (ownerAddress, calendarId, withAddress) => {
      const { owner, calendar, guest } = findShare(world, ownerAddress, calendarId, withAddress)
      if (!changeShare(guest, owner, calendar, null)) throw new Error(`The sandbox shares no calendar ${calendarId} with ${guest.address}`)
      endChannels(world, calendar, guest.address)
    },
    deleteCalendar: (ownerAddress, calendarId) => {
      const owner = findAccount(world, ownerAddress)
      const calendar = findCalendarOf(owner, calendarId)
      if (calendar.primary) throw new Error(`The main calendar of ${owner.address} cannot be deleted`)
      for (const guest of world.state.accounts) changeShare(guest, owner, calendar, null)
      owner.calendars = owner.calendars.filter((other) => other !== calendar)
      endChannels(world, calendar)
    },
    limitChannelLife: (milliseconds) => {
      if (milliseconds !== null && !(milliseconds >= 1000)) throw new Error('A channel lives for at least one second')
      world.state.channelLife = milliseconds
    },
  }
}

function findShare(world: World, ownerAddress: string, calendarId: string, withAddress: string) {
  const owner = findAccount(world, ownerAddress)
  return { owner, calendar: findCalendarOf(owner, calendarId), guest: findAccount(world, withAddress) }
}

/** Gives, changes or takes (null) a share. @returns whether there was one before */
function changeShare(guest: AccountState, owner: AccountState, calendar: CalendarState, role: AccessRole | null): boolean {
  const place = guest.shared.findIndex((share) => share.owner === owner.address && share.calendarId === calendar.id)
  const share = role === null ? [] : [{ owner: owner.address, calendarId: calendar.id, role }]
  if (place === -1) {
    guest.shared.push(...share)
    return false
  }
  // Who may see more or less than before starts over: Google ends sync tokens when access changes.
  if (guest.shared[place]?.role !== role) calendar.generation += 1
  guest.shared.splice(place, 1, ...share)
  return true
}
