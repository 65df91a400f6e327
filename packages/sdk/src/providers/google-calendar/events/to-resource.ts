import type { GoogleCalendarEvent } from '../../../ports/index.ts'
import type { ParsedChanges } from './event-input.ts'
import { toGoogleTime } from './event-times.ts'

/** Changes as fields of Google's event, `null` for what is removed, always in the same order. @throws `invalid_input` for a time */
export function toResource(changes: ParsedChanges): Readonly<Record<string, unknown>> {
  const { title, description, location, start, end, attendees, recurrence, shownAs, status } = changes
  return {
    ...(title !== undefined && { summary: title }),
    ...(description !== undefined && { description: description === '' ? null : description }),
    ...(location !== undefined && { location: location === '' ? null : location }),
    ...(start !== undefined && { start: toGoogleTime(start, 'start') }),
    ...(end !== undefined && { end: toGoogleTime(end, 'end') }),
    ...(attendees !== undefined && { attendees: attendees.map(toAttendee) }),
    ...(recurrence !== undefined && { recurrence }),
    ...(shownAs !== undefined && { transparency: shownAs === 'free' ? 'transparent' : 'opaque' }),
    ...(status !== undefined && { status }),
  }
}

/**
 * The patch that makes an event what the fields say. Google merges objects and replaces lists: the other form of a time has to be removed,
 * and guests who stay have to be named with what is known of them.
 */
export function toPatch(fields: Readonly<Record<string, unknown>>, before: GoogleCalendarEvent): Record<string, unknown> {
  const patch: Record<string, unknown> = { ...fields }
  for (const name of ['start', 'end']) {
    const [now, was] = [record(fields[name]), record(before[name])]
    if ('dateTime' in now && 'date' in was) patch[name] = { ...now, date: null }
    if ('date' in now && 'dateTime' in was) patch[name] = { ...now, dateTime: null, timeZone: null }
  }
  if (Array.isArray(fields['attendees'])) {
    const known = new Map(list(before['attendees']).map((guest) => [nameOf(guest), record(guest)]))
    patch['attendees'] = fields['attendees'].map((guest) => ({ ...record(guest), ...stay(known.get(nameOf(guest)), record(guest)) }))
  }
  return patch
}

/** What an event is after a patch. */
export function afterPatch(before: GoogleCalendarEvent, patch: Readonly<Record<string, unknown>>): GoogleCalendarEvent {
  const times = ['start', 'end'].map((name) => [name, { ...record(before[name]), ...record(patch[name]) }])
  return { ...before, ...patch, ...Object.fromEntries(times) }
}

function toAttendee(attendee: NonNullable<ParsedChanges['attendees']>[number]) {
  const { address, name, optional } =
    typeof attendee === 'string' ? { address: attendee } : { name: undefined, optional: undefined, ...attendee }
  return { email: address, ...(name !== undefined && { displayName: name }), ...(optional !== undefined && { optional }) }
}

const stay = (known: Readonly<Record<string, unknown>> | undefined, guest: Readonly<Record<string, unknown>>) =>
  known === undefined ? {} : { ...known, ...guest, email: known['email'] }

const nameOf = (guest: unknown): string => String(record(guest)['email']).toLowerCase()
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
