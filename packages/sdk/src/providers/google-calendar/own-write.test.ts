import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWebCrypto } from '../../crypto/index.ts'
import type { CalendarEvent } from '../../model/calendar-event.ts'
import type { GoogleCalendarEvent } from '../../ports/index.ts'
import type { ProviderCall } from '../provider.ts'
import { ownProperties, readMarks, saysOwn } from './own-write.ts'

const crypto = createWebCrypto()
const writtenAt = Date.UTC(2026, 10, 20, 12)
const call = (id: string) => ({ crypto, clock: { now: () => writtenAt }, connection: { id } }) as unknown as ProviderCall
const mark = { write: 'write-1', request: 'request-1', before: {} }

const event: CalendarEvent = {
  calendarId: 'dana@acme.test',
  eventId: 'e1',
  etag: '"1"',
  status: 'confirmed',
  title: 'Visit',
  description: 'Bring the\nkeys',
  location: 'Site 7',
  start: { value: '2026-11-24T09:00:00+01:00', allDay: false, timeZone: 'Europe/Berlin', instant: '2026-11-24T08:00:00.000Z' },
  end: { value: '2026-11-24T10:00:00+01:00', allDay: false, timeZone: 'Europe/Berlin', instant: '2026-11-24T09:00:00.000Z' },
  recurrence: [],
  recurringEventId: null,
  originalStart: null,
  shownAs: 'busy',
  organizer: 'dana@acme.test',
  attendees: [
    { address: 'a@x.test', name: null, response: 'needsAction', optional: false, self: false },
    { address: 'b@x.test', name: null, response: 'needsAction', optional: false, self: false },
  ],
  updated: '2026-11-20T12:00:01Z',
  link: null,
}

const propertiesOf = (raw: GoogleCalendarEvent) => (raw['extendedProperties'] as { private: Record<string, string> }).private

const written = async (result = event, connectionId = 'c1') => ({
  extendedProperties: await ownProperties(call(connectionId), mark, result),
})

describe('the mark of a write', () => {
  it('says whose an event is while its content is what the write made it', async () => {
    expect(await saysOwn(crypto, 'c1', await written(), event)).toBe(true)
  })

  it('does not mind how Google writes the same content', async () => {
    const [first, second] = event.attendees
    const same: CalendarEvent = {
      ...event,
      etag: '"2"',
      updated: '2026-11-20T11:59:00.000Z',
      description: ' Bring the\r\nkeys\n',
      start: event.start && { ...event.start, value: '2026-11-24T08:00:00Z', timeZone: 'UTC' },
      attendees: [second, first].flatMap((attendee) => (attendee ? [{ ...attendee, address: attendee.address.toUpperCase() }] : [])),
    }
    expect(await saysOwn(crypto, 'c1', await written(), same)).toBe(true)
  })

  const series = { ...event, recurrence: ['RRULE:FREQ=WEEKLY'] }

  it.each<[string, CalendarEvent, CalendarEvent?]>([
    ['another title', { ...event, title: 'Visits' }],
    ['no description', { ...event, description: null }],
    ['another place', { ...event, location: 'Site 8' }],
    ['another start', { ...event, start: event.start && { ...event.start, instant: '2026-11-24T08:15:00.000Z' } }],
    ['another end', { ...event, end: event.start }],
    ['a whole day', { ...event, start: event.start && { ...event.start, value: '2026-11-24', allDay: true } }],
    ['a rule', series],
    ['another rule', { ...series, recurrence: ['RRULE:FREQ=DAILY'] }, series],
    ['a series in another zone', { ...series, start: event.start && { ...event.start, timeZone: 'Europe/Paris' } }, series],
    ['a guest less', { ...event, attendees: event.attendees.slice(1) }],
    ['an answer of a guest', { ...event, attendees: event.attendees.map((attendee) => ({ ...attendee, response: 'accepted' })) }],
    ['its time not blocked', { ...event, shownAs: 'free' }],
    ['another status', { ...event, status: 'tentative' }],
    ['another time of its last change: changed and changed back', { ...event, updated: '2026-11-20T12:02:01Z' }],
    ['no time of its last change', { ...event, updated: null }],
    ['its end', { ...event, status: 'cancelled' }],
    ['another event: a copy, or an instance that inherited it', { ...event, eventId: 'e1_20261124T080000Z' }],
  ])('is void with %s', async (_, now, was = event) => {
    expect(await saysOwn(crypto, 'c1', await written(was), was)).toBe(true)
    expect(await saysOwn(crypto, 'c1', await written(was), now)).toBe(false)
  })

  it('is void for another connection', async () => {
    expect(await saysOwn(crypto, 'c2', await written(), event)).toBe(false)
  })

  it('of the creation stays when later writes leave their own, and the last 20 of those before', async () => {
    let raw: GoogleCalendarEvent = { extendedProperties: await ownProperties(call('c1'), { ...mark, before: null }, event) }
    for (let at = 2; at <= 30; at += 1) {
      const later = await ownProperties(call('c1'), { write: `write-${at}`, request: `request-${at}`, before: raw }, event)
      raw = { extendedProperties: { private: { ...propertiesOf(raw), ...later.private } } }
    }
    const { writes, created } = readMarks(raw)
    expect(created).toEqual({ write: 'write-1', request: 'request-1' })
    expect(writes).toEqual(Array.from({ length: 21 }, (_, back) => ({ write: `write-${30 - back}`, request: `request-${30 - back}` })))
  })

  it('keeps to what Google allows a property to be', async () => {
    const full = { write: 'w'.repeat(22), request: 'r'.repeat(22) }
    const raw = {
      extendedProperties: { private: { tenantryWrites: Array.from({ length: 30 }, () => `${full.write}.${full.request}`).join(' ') } },
    }
    const given = await Promise.all([null, raw].map((before) => ownProperties(call('c1'), { ...full, before }, event)))
    const all = given.flatMap((properties) => Object.entries(properties.private))
    expect(all.map(([name]) => name)).toEqual(['tenantryWrite', 'tenantryCreate', 'tenantryWrite', 'tenantryWrites'])
    for (const [name, value] of all) {
      expect(name.length).toBeLessThanOrEqual(44)
      expect(value.length).toBeLessThanOrEqual(1024)
    }
  })

  it('is not read from what has another form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (anything) => {
        for (const raw of [
          { extendedProperties: anything },
          { extendedProperties: { private: anything } },
          { extendedProperties: { private: { tenantryWrite: anything } } },
          { extendedProperties: { private: { tenantryWrites: anything } } },
        ]) {
          expect(await saysOwn(crypto, 'c1', raw, event)).toBe(false)
          expect(readMarks(raw).created).toBeNull()
        }
      }),
    )
  })
})
