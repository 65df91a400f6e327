import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../../../errors/index.ts'
import { parseEventChanges, parseEventInput } from './event-input.ts'
import { toResource } from './to-resource.ts'

const visit = { title: 'Visit', start: { dateTime: '2026-11-24T09:00:00+01:00' }, end: { dateTime: '2026-11-24T10:00:00+01:00' } }

function fieldsOf(work: () => unknown): readonly string[] {
  try {
    work()
  } catch (error) {
    if (isTenantryError(error) && error.code === 'invalid_input') return error.fields.map(({ field }) => field)
    throw error
  }
  return []
}

const refused = (input: unknown) => fieldsOf(() => toResource(parseEventInput(input)))

const guests = (count: number) => Array.from({ length: count }, (_, at) => `guest-${at}@x.test`)

describe('an event that is handed in', () => {
  it.each<[string, object]>([
    ['every field', { description: 'a\n\tb', location: 'Site 7', attendees: ['a@x.test'], shownAs: 'free', status: 'tentative' }],
    ['the longest texts', { title: 't'.repeat(1024), description: 'd'.repeat(8192), location: 'l'.repeat(1024) }],
    ['200 guests', { attendees: guests(200) }],
    ['guests with a name', { attendees: [{ address: 'jürgen@müller.test', name: 'Jürgen', optional: true }, 'b@x.test'] }],
    ['20 rules', { recurrence: ['RRULE:FREQ=DAILY', ...Array.from({ length: 19 }, (_, at) => `EXDATE:202611${at + 10}T080000Z`)] }],
    ['dates instead of a rule', { recurrence: ['RDATE;VALUE=DATE:20261125,20261126'] }],
    ['a rule whose frequency comes late', { recurrence: ['RRULE:INTERVAL=2;FREQ=WEEKLY;BYDAY=MO'] }],
    ['empty texts', { description: '', location: '' }],
    ['emoji and right-to-left text', { title: 'زيارة 🛠️' }],
  ])('may have %s', (_, change) => {
    expect(refused({ ...visit, ...change })).toEqual([])
  })

  it.each<[string, object, string]>([
    ['no title', { title: undefined }, 'title'],
    ['a blank title', { title: ' ' }, 'title'],
    ['a title that is no text', { title: 7 }, 'title'],
    ['a long title', { title: 't'.repeat(1025) }, 'title'],
    ['a line end in the title', { title: 'a\r\nb' }, 'title'],
    ['a NUL in the title', { title: 'a\0b' }, 'title'],
    ['half a character in the title', { title: 'a\ud83d' }, 'title'],
    ['a long description', { description: 'd'.repeat(8193) }, 'description'],
    ['a control character in the description', { description: 'a\u001bb' }, 'description'],
    ['no description but null', { description: null }, 'description'],
    ['a long location', { location: 'l'.repeat(1025) }, 'location'],
    ['a line end in the location', { location: 'a\nb' }, 'location'],
    ['no start', { start: undefined }, 'start'],
    ['a start that is a text', { start: '2026-11-24' }, 'start'],
    ['an empty start', { start: {} }, 'start'],
    ['a date and a time', { start: { date: '2026-11-24', dateTime: '2026-11-24T09:00:00Z' } }, 'start'],
    ['a date that does not exist', { start: { date: '2026-02-30' } }, 'start'],
    ['a date in another form', { start: { date: '24.11.2026' } }, 'start'],
    ['a date with a time', { start: { date: '2026-11-24T09:00:00Z' } }, 'start.date'],
    ['a date with a zone', { start: { date: '2026-11-24', timeZone: 'Europe/Berlin' } }, 'start.timeZone'],
    ['a time without offset and zone', { start: { dateTime: '2026-11-24T09:00:00' } }, 'start.timeZone'],
    ['a time without seconds', { start: { dateTime: '2026-11-24T09:00Z' } }, 'start'],
    ['a time that does not exist', { start: { dateTime: '2026-11-24T25:00:00Z' } }, 'start'],
    ['a time in a zone that does not exist', { start: { dateTime: '2026-11-24T09:00:00', timeZone: 'Europe/Atlantis' } }, 'start.timeZone'],
    ['a zone that is an offset', { start: { dateTime: '2026-11-24T09:00:00', timeZone: '+01:00' } }, 'start.timeZone'],
    ['an endless zone', { start: { dateTime: '2026-11-24T09:00:00', timeZone: 'E'.repeat(100_000) } }, 'start.timeZone'],
    ['an unknown part of a time', { start: { ...visit.start, zone: 'UTC' } }, 'start.zone'],
    ['a bad end', { end: { date: 'x' } }, 'end'],
    ['201 guests', { attendees: guests(201) }, 'attendees'],
    ['10,000 guests', { attendees: guests(10_000) }, 'attendees'],
    ['a guest twice', { attendees: ['a@x.test', { address: 'A@x.test' }] }, 'attendees'],
    ['a guest without an address', { attendees: ['b@x.test', 'nobody'] }, 'attendees.1'],
    ['a guest that is no text', { attendees: [7] }, 'attendees.0'],
    ['a guest with a display name', { attendees: ['A <a@x.test>'] }, 'attendees.0'],
    ['a guest with a line end', { attendees: ['a@x.test\r\nBcc: b@x.test'] }, 'attendees.0'],
    ['a guest’s unknown field', { attendees: [{ address: 'a@x.test', role: 'chair' }] }, 'attendees.0.role'],
    ['no rule in the recurrence', { recurrence: [] }, 'recurrence'],
    ['only what is left out', { recurrence: ['EXDATE:20261125T080000Z'] }, 'recurrence'],
    ['21 rules', { recurrence: Array.from({ length: 21 }, () => 'RRULE:FREQ=DAILY') }, 'recurrence'],
    ['a long rule', { recurrence: [`RRULE:FREQ=DAILY;BYDAY=${'MO,'.repeat(400)}`] }, 'recurrence.0'],
    ['a rule without a frequency', { recurrence: ['RRULE:INTERVAL=2'] }, 'recurrence.0'],
    ['an unknown frequency', { recurrence: ['RRULE:FREQ=DAILYISH'] }, 'recurrence.0'],
    ['another property among the rules', { recurrence: ['RRULE:FREQ=DAILY', 'DTSTART:20261125T080000Z'] }, 'recurrence.1'],
    ['a second line in a rule', { recurrence: ['RRULE:FREQ=DAILY\r\nATTENDEE:mailto:a@x.test'] }, 'recurrence.0'],
    ['an unknown way to be shown', { shownAs: 'away' }, 'shownAs'],
    ['the status of one that is cancelled', { status: 'cancelled' }, 'status'],
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['a field of Google’s', { extendedProperties: { private: { tenantryWrite: 'x' } } }, 'extendedProperties'],
  ])('may not have %s', (_, change, field) => {
    expect(refused({ ...visit, ...change })).toEqual([field])
  })

  it.each([[null], [undefined], ['event'], [[]], [7]])('is not %j', (input) => {
    expect(refused(input)).toEqual(['event'])
  })

  it('is read or refused, whatever it is', () => {
    const names = ['title', 'start', 'end', 'description', 'location', 'attendees', 'recurrence', 'shownAs', 'status']
    const near = fc.oneof(fc.anything(), fc.constantFrom(...Object.values(visit)), fc.string({ unit: 'binary' }), fc.array(fc.string()))
    const event = fc.dictionary(fc.constantFrom(...names, 'x'), near).map((some) => ({ ...visit, ...some }))
    fc.assert(
      fc.property(fc.oneof(fc.anything(), event), (input) => {
        expect(refused(input)).toBeInstanceOf(Array)
        expect(fieldsOf(() => toResource(parseEventChanges(input)))).toBeInstanceOf(Array)
      }),
    )
  })

  it('is told of all that is wrong at once', () => {
    expect(refused({ ...visit, title: '', location: 7, x: 1, y: 2 })).toEqual(['title', 'location', 'x', 'y'])
  })
})

describe('changes that are handed in', () => {
  const changed = (changes: unknown) => fieldsOf(() => toResource(parseEventChanges(changes)))

  it.each([[{ title: 'x' }], [{ description: null, location: null }], [{ attendees: [] }], [{ status: 'tentative' }]])(
    'may be %j',
    (changes) => {
      expect(changed(changes)).toEqual([])
    },
  )

  it.each<[unknown, string]>([
    [{}, 'changes'],
    [{ title: undefined }, 'changes'],
    [null, 'changes'],
    [{ title: null }, 'title'],
    [{ start: null }, 'start'],
    [{ recurrence: null }, 'recurrence'],
    [{ status: 'cancelled' }, 'status'],
    [{ etag: '"1"' }, 'etag'],
  ])('may not be %j', (changes, field) => {
    expect(changed(changes)).toEqual([field])
  })
})

describe('a time that is handed in', () => {
  const sent = (start: object) => toResource(parseEventChanges({ start }))['start']

  it('is the instant that JavaScript reads, with any offset', () => {
    const offset = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    const date = fc.date({ min: new Date('1971-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(date, offset, (local, [sign, hours, minutes]) => {
        const [hour, minute] = [hours, minutes].map((part) => String(part).padStart(2, '0'))
        const dateTime = `${local.toISOString().slice(0, 19)}${sign}${hour}:${minute}`
        expect(sent({ dateTime })).toEqual({ dateTime: `${new Date(dateTime).toISOString().slice(0, 19)}Z` })
      }),
    )
  })

  it.each<[string, object, object]>([
    ['a whole day', { date: '2028-02-29' }, { date: '2028-02-29' }],
    ['an instant', { dateTime: '2026-11-24T09:00:00Z' }, { dateTime: '2026-11-24T09:00:00Z' }],
    ['an instant as JavaScript writes it', { dateTime: '2026-11-24T09:00:00.000Z' }, { dateTime: '2026-11-24T09:00:00Z' }],
    ['a part of a second', { dateTime: '2026-11-24T09:00:00.999Z' }, { dateTime: '2026-11-24T09:00:00Z' }],
    ['an offset', { dateTime: '2026-11-24T09:00:00+05:45' }, { dateTime: '2026-11-24T03:15:00Z' }],
    [
      'an offset and a zone',
      { dateTime: '2026-11-24T09:00:00Z', timeZone: 'Europe/Berlin' },
      { dateTime: '2026-11-24T09:00:00Z', timeZone: 'Europe/Berlin' },
    ],
    ['winter', berlin('2026-11-24T09:00:00'), { dateTime: '2026-11-24T08:00:00Z', timeZone: 'Europe/Berlin' }],
    ['summer', berlin('2026-07-24T09:00:00'), { dateTime: '2026-07-24T07:00:00Z', timeZone: 'Europe/Berlin' }],
    ['the hour that spring skips', berlin('2026-03-29T02:30:00'), { dateTime: '2026-03-29T01:30:00Z', timeZone: 'Europe/Berlin' }],
    ['the hour that autumn has twice', berlin('2026-10-25T02:30:00'), { dateTime: '2026-10-25T00:30:00Z', timeZone: 'Europe/Berlin' }],
    [
      'the day that a country left out',
      { dateTime: '2011-12-30T12:00:00', timeZone: 'Pacific/Apia' },
      { dateTime: '2011-12-30T22:00:00Z', timeZone: 'Pacific/Apia' },
    ],
  ])('is sent as one instant: %s', (_, start, expected) => {
    expect(sent(start)).toEqual(expected)
  })
})

function berlin(dateTime: string) {
  return { dateTime, timeZone: 'Europe/Berlin' }
}
