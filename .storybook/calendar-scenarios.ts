import { connectCalendar, setUpGoogle, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { StoryWorld } from './create-story-world.ts'

const projectId = 'acme-mail-473210'
const address = 'dana@acme.test'
const colleague = 'support@acme.test'
const minute = 60_000
const hour = 60 * minute

/** The account has calendars of every kind: its own, one to view only, one that shows when it is busy and nothing else. */
export function calendarsOfDana({ sandbox: { google } }: StoryWorld): { team: string; roster: string } {
  const { id: team } = google.createCalendar(address, { summary: 'Field team', timeZone: 'Europe/Berlin', color: '#33b679' })
  google.createCalendar(address, { summary: 'Deliveries', timeZone: 'America/New_York', color: '#f6bf26' })
  const { id: roster } = google.createCalendar(colleague, { summary: 'Roster', timeZone: 'Europe/Berlin', color: '#d50000' })
  const { id: board } = google.createCalendar(colleague, { summary: 'Board', color: '#616161' })
  google.shareCalendar(colleague, roster, address, 'reader')
  google.shareCalendar(colleague, board, address, 'freeBusyReader')
  return { team, roster }
}

/** Signed in; which calendar is still open. */
export async function choosing(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  calendarsOfDana(world)
  const begun = await world.sdk.calendar.connect({ principal, settings: { name: 'On-call', calendarId: null } })
  await signIn(world, begun, { address })
  await world.settle()
  return begun.connectionId
}

/** Signed in, and Google shows no calendars for the account. */
export async function noCalendars(world: StoryWorld): Promise<string> {
  const connectionId = await choosing(world)
  const body = JSON.stringify({ kind: 'calendar#calendarList', items: [] })
  world.sandbox.faults.add({ operation: 'calendar.calendarList.list', kind: 'body', body, contentType: 'application/json' })
  return connectionId
}

/** Signed in, and Google does not say which calendars there are. */
export async function calendarsUnreadable(world: StoryWorld): Promise<string> {
  const connectionId = await choosing(world)
  world.sandbox.faults.add({ operation: 'calendar.calendarList.list', kind: 'status', status: 503 })
  return connectionId
}

/** The main calendar is connected, and there are others. */
export async function oneOfMany(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  calendarsOfDana(world)
  const connectionId = await connectCalendar(world)
  await addMeeting(world, address)
  return connectionId
}

/** Whoever owns the calendar took the right to change it back. */
export async function readOnlyCalendar(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const { roster } = calendarsOfDana(world)
  world.sandbox.google.shareCalendar(colleague, roster, address, 'writer')
  const connectionId = await connectCalendar(world, { name: 'Roster', settings: { calendarId: roster } })
  world.sandbox.google.shareCalendar(colleague, roster, address, 'reader')
  await wait(world, 2)
  return connectionId
}

/** Somebody deleted the calendar in Google. */
export async function calendarDeleted(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  const { team } = calendarsOfDana(world)
  const connectionId = await connectCalendar(world, { name: 'Field team', settings: { calendarId: team } })
  await addMeeting(world, team)
  world.sandbox.google.deleteCalendar(address, team)
  await wait(world, 2)
  return connectionId
}

/** Another calendar was chosen a moment ago: all is read anew. */
export async function resyncing(world: StoryWorld): Promise<string> {
  const connectionId = await oneOfMany(world)
  const { id: calendarId } = world.sandbox.google.createCalendar(address, { summary: 'Workshop' })
  await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { calendarId } } })
  return connectionId
}

/** What the host plans goes to Google; what changes there does not come back. */
export async function toGoogleOnly(world: StoryWorld): Promise<string> {
  await setUpGoogle(world, { projectId })
  return connectCalendar(world, { settings: { direction: 'to_google' } })
}

async function addMeeting(world: StoryWorld, calendarId: string): Promise<void> {
  const start = world.sandbox.clock.now() + hour
  world.sandbox.google.createEvent(address, calendarId, { summary: 'Boiler inspection', start, end: start + hour })
  await world.settle()
  await world.sandbox.clock.advance(4 * minute)
}

async function wait(world: StoryWorld, hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed += 1) {
    await world.sandbox.clock.advance(hour)
    await world.settle()
  }
}
