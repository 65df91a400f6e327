import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { connectCalendar, setUpGoogle } from '@tenantry/sdk/testing'
import { contentsOf } from './calendar-model/google-side.ts'
import { address, changesTo, copyAt, createHost } from './calendar-model/reading.ts'
import type { Host } from './calendar-model/reading.ts'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

const calendarId = 'abroad@group.calendar.google.com'

/** Reads a calendar in a time zone; the host's server, the tests and the other events are elsewhere. */
async function readAbroad(timeZone: string): Promise<{ world: World; host: Host }> {
  const host = createHost()
  const world = createWorld({ on: host.on })
  await setUpGoogle(world)
  world.sandbox.google.createCalendar(address, { summary: 'Abroad', id: calendarId, timeZone })
  await connectCalendar(world, { settings: { calendarId } })
  return { world, host }
}

const midnight = (date: string, zone: string) => DateTime.fromISO(date, { zone }).startOf('day').toUTC().toJSDate().toISOString()
const dayAfter = (date: string) => DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? ''

/** Both changes of the clocks in 2027; in some zones they fall on midnight, and a day begins at one. */
const changes: [string, readonly string[]][] = [
  ['Europe/Berlin', ['2027-03-28', '2027-10-31']],
  ['America/New_York', ['2027-03-14', '2027-11-07']],
  ['America/Santiago', ['2027-04-04', '2027-09-05']],
  ['Australia/Lord_Howe', ['2027-04-04', '2027-10-03']],
  ['Africa/Cairo', ['2027-04-30', '2027-10-29']],
  ['Asia/Kathmandu', ['2027-03-28', '2027-10-31']],
]

describe('an event across a change of the clocks', () => {
  it.each(changes)('in %s that lasts all day begins and ends at that zone’s midnights', async (zone, dates) => {
    const { world, host } = await readAbroad(zone)
    for (const date of dates)
      world.sandbox.google.createEvent(address, calendarId, { summary: date, start: { date }, end: { date: dayAfter(date) } })
    await world.settle()
    const told = changesTo(host).map(({ title, start, end }) => ({ title, start, end }))
    const expected = dates.map((date) => ({
      title: date,
      start: { value: date, allDay: true, instant: midnight(date, zone) },
      end: { value: dayAfter(date), allDay: true, instant: midnight(dayAfter(date), zone) },
    }))
    expect(told).toMatchObject(expected)
  })

  it.each(changes)('in %s and at a time of another zone is at that very moment', async (zone, dates) => {
    const { world, host } = await readAbroad(zone)
    const starts = dates.flatMap((date) =>
      ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland'].map((other) => DateTime.fromISO(`${date}T02:30:00`, { zone: other })),
    )
    for (const [index, start] of starts.entries()) {
      const moment = (at: DateTime) => ({ dateTime: at.toISO({ suppressMilliseconds: true }) ?? '', timeZone: at.zoneName ?? '' })
      world.sandbox.google.createEvent(address, calendarId, {
        summary: String(index),
        start: moment(start),
        end: moment(start.plus({ hours: 4 })),
      })
    }
    await world.settle()
    const told = changesTo(host).toSorted((one, other) => Number(one.title) - Number(other.title))
    expect(told.map(({ start, end }) => [start?.instant, end?.instant])).toEqual(
      starts.map((start) => [start, start.plus({ hours: 4 })].map((at) => at.toJSDate().toISOString())),
    )
    expect(told.map(({ start }) => start?.timeZone)).toEqual(starts.map((start) => start.zoneName))
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, calendarId, zone))
  })

  it('that becomes an all-day one is moved, and back again', async () => {
    const zone = 'America/New_York'
    const { world, host } = await readAbroad(zone)
    const start = DateTime.fromISO('2027-03-14T09:00', { zone }).toMillis()
    const { id } = world.sandbox.google.createEvent(address, calendarId, { summary: 'Inventory', start, end: start + 3_600_000 })
    await world.settle()
    world.sandbox.google.updateEvent(address, calendarId, id, { start: { date: '2027-03-14' }, end: { date: '2027-03-15' } })
    await world.settle()
    world.sandbox.google.updateEvent(address, calendarId, id, { start, end: start + 3_600_000 })
    await world.settle()
    expect(changesTo(host).map(({ kind, start: at }) => [kind, at?.instant])).toEqual([
      ['created', '2027-03-14T13:00:00.000Z'],
      ['moved', '2027-03-14T05:00:00.000Z'],
      ['moved', '2027-03-14T13:00:00.000Z'],
    ])
  })

  it('on any day and in any zone is where another date library puts it', async () => {
    const zones = fc.constantFrom(...changes.map(([zone]) => zone), 'UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Tehran')
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 1460 }), { minLength: 20, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(zones, days, async (zone, offsets) => {
        const { world, host } = await readAbroad(zone)
        for (const offset of offsets) {
          const date = dayAfter(DateTime.utc(2026, 12, 31).plus({ days: offset }).toFormat('yyyy-MM-dd'))
          world.sandbox.google.createEvent(address, calendarId, { summary: date, start: { date }, end: { date: dayAfter(date) } })
        }
        await world.settle()
        const told = changesTo(host)
        expect(told).toHaveLength(offsets.length)
        for (const { title, start, end } of told)
          expect([start?.instant, end?.instant]).toEqual([midnight(title ?? '', zone), midnight(dayAfter(title ?? ''), zone)])
      }),
      { numRuns: 15 },
    )
  })
})
