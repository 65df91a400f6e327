import { describe, expect, it } from 'vitest'
import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { contentsOf } from '../calendar-model/google-side.ts'
import { address, changesTo, copyAt, pass, readTeam, silence, teamId, toldOf, wordsTo, write, zone } from '../calendar-model/reading.ts'
import type { Reading } from '../calendar-model/reading.ts'
import { callsTo, look } from '../channels.ts'

const hour = 3_600_000
const day = 24 * hour
const healthOf = async ({ world, connectionId }: Reading) => (await world.sdk.calendar.get({ principal, connectionId })).health

/** Long enough for five attempts. */
const giveUp = async ({ world }: Reading) => {
  for (let minutes = 0; minutes < 5; minutes += 1) await pass(world, 1)
}

describe('S24 the days that are told', () => {
  const withPast = async (pastDays: number) => {
    const reading = await readTeam([], { pastDays })
    silence(reading.world)
    return reading
  }

  it('leave out what is long past, at the start and later', async () => {
    const reading = await withPast(2)
    const { world, host } = reading
    const old = write(world.sandbox, 'last week', -7 * 24)
    write(world.sandbox, 'yesterday', -24)
    write(world.sandbox, 'in three years', 3 * 365 * 24)
    await look(world, 1)
    world.sandbox.google.updateEvent(address, teamId, old, { summary: 'last week, renamed' })
    await look(world, 1)
    world.sandbox.google.cancelEvent(address, teamId, old)
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['created in three years', 'created yesterday'])
  })

  it('begin at midnight in the calendar’s zone', async () => {
    const { world, host } = await withPast(0)
    // It is nine o'clock in Berlin.
    write(world.sandbox, 'ends after midnight', -9.5)
    write(world.sandbox, 'ended before midnight', -10.5)
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['created ends after midnight'])
  })

  it('take in what is moved into them, and keep what is moved out of them', async () => {
    const { world, host } = await withPast(2)
    const old = write(world.sandbox, 'old', -7 * 24)
    const soon = write(world.sandbox, 'soon')
    await look(world, 1)
    world.sandbox.google.moveEvent(address, teamId, old, 8 * day)
    world.sandbox.google.moveEvent(address, teamId, soon, -30 * day)
    await look(world, 1)
    world.sandbox.google.updateEvent(address, teamId, soon, { summary: 'was soon' })
    await look(world, 1)
    expect(changesTo(host).map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'created soon',
      'created old',
      'moved soon',
      'updated was soon',
    ])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })

  it('keep a series that goes on, and leave out one that ended before', async () => {
    const { world, host } = await withPast(2)
    const begin = world.sandbox.clock.now() - 100 * day
    const series = (summary: string, rule: string) =>
      world.sandbox.google.createEvent(address, teamId, { summary, start: begin, end: begin + hour, recurrence: [rule] })
    series('for ever', 'RRULE:FREQ=WEEKLY')
    series('till next year', 'RRULE:FREQ=WEEKLY;UNTIL=20270301T000000Z')
    series('till last month', 'RRULE:FREQ=WEEKLY;UNTIL=20261001T000000Z')
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['created for ever', 'created till next year'])
  })

  it('keep a series whose last instance still goes on', async () => {
    const { world, host } = await withPast(1)
    const begin = world.sandbox.clock.now() - 20 * day
    // Weeks on call, the last of which began six days ago.
    const week = { summary: 'on call', start: begin, end: begin + 7 * day }
    const until = new Date(begin + 14 * day).toISOString().replace(/[-:]|\.\d+/g, '')
    world.sandbox.google.createEvent(address, teamId, { ...week, recurrence: [`RRULE:FREQ=WEEKLY;UNTIL=${until}`] })
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['created on call'])
  })

  it('take in an instance of a series that is moved from days to come to a day long past', async () => {
    const { world, host } = await withPast(1)
    const { google, clock } = world.sandbox
    const start = clock.now() + 3 * day
    const { id } = google.createEvent(address, teamId, {
      summary: 'Shift',
      start,
      end: start + hour,
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'],
    })
    await look(world, 1)
    const [first = ''] = google.listInstances(address, teamId, id)
    google.moveEvent(address, teamId, first, -9 * day)
    await look(world, 1)
    expect(changesTo(host).map(({ eventId }) => eventId)).toEqual([id, first])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })

  it('take in a change to a past instance of a series that is known, but not what changed of it before', async () => {
    const { world, host } = await withPast(1)
    const { google, clock } = world.sandbox
    const start = clock.now() - 30 * day
    const weekly = (summary: string, rule: string) =>
      google.createEvent(address, teamId, { summary, start, end: start + hour, recurrence: [rule] }).id
    const known = weekly('Shift', 'RRULE:FREQ=WEEKLY')
    const over = weekly('Over', 'RRULE:FREQ=WEEKLY;UNTIL=20261110T000000Z')
    const [, first = '', second = '', third = ''] = google.listInstances(address, teamId, known)
    const [, ofOver = ''] = google.listInstances(address, teamId, over)
    google.updateEvent(address, teamId, first, { summary: 'Shift, before' })
    await look(world, 1)
    google.updateEvent(address, teamId, second, { summary: 'Shift, late' })
    google.cancelEvent(address, teamId, third)
    google.updateEvent(address, teamId, ofOver, { summary: 'Over, late' })
    await look(world, 1)
    expect(changesTo(host).map(({ kind, eventId }) => `${kind} ${eventId}`)).toEqual([
      `created ${known}`,
      `created ${second}`,
      `cancelled ${third}`,
    ])
    google.cancelEvent(address, teamId, known)
    await look(world, 1)
    expect(copyAt(host)).toEqual(new Map())
  })

  it('reach further back once more of them are asked for, without telling the rest again', async () => {
    const reading = await withPast(2)
    const { world, host, connectionId } = reading
    write(world.sandbox, 'ten days ago', -10 * 24)
    write(world.sandbox, 'tomorrow')
    await look(world, 1)
    await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { pastDays: 30 } } })
    await world.settle()
    expect(wordsTo(host)).toEqual(['created ten days ago', 'created tomorrow'])
    await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { pastDays: 0 } } })
    await world.settle()
    expect(wordsTo(host)).toEqual(['created ten days ago', 'created tomorrow'])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
  })
})

describe('S24 the words for a change', () => {
  it('are those of what the host was told last, not of what Google sent in between', async () => {
    const reading = await readTeam()
    const { world, host } = reading
    host.refuses = () => true
    const id = write(world.sandbox, 'first')
    await world.settle()
    world.sandbox.google.updateEvent(address, teamId, id, { summary: 'second' })
    await world.settle()
    world.sandbox.google.moveEvent(address, teamId, id, hour)
    await world.settle()
    host.refuses = () => false
    await giveUp(reading)
    expect(changesTo(host)).toMatchObject([{ kind: 'created', title: 'second' }])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
    expect(await healthOf(reading)).toMatchObject({ quarantined: 0 })
  })

  it('say moved when the newest is where the host did not see it, however it got there', async () => {
    const reading = await readTeam(['Standby'])
    const { world, host } = reading
    const id = changesTo(host)[0]?.eventId ?? ''
    host.refuses = () => true
    world.sandbox.google.moveEvent(address, teamId, id, hour)
    await world.settle()
    world.sandbox.google.updateEvent(address, teamId, id, { summary: 'renamed' })
    await world.settle()
    host.refuses = () => false
    await giveUp(reading)
    expect(changesTo(host).slice(1)).toMatchObject([{ kind: 'moved', title: 'renamed' }])
  })

  it('say updated when it came back to where the host saw it', async () => {
    const reading = await readTeam(['Standby'])
    const { world, host } = reading
    const id = changesTo(host)[0]?.eventId ?? ''
    silence(world)
    world.sandbox.google.moveEvent(address, teamId, id, hour)
    world.sandbox.google.moveEvent(address, teamId, id, -hour)
    await look(world, 1)
    expect(changesTo(host).slice(1)).toMatchObject([{ kind: 'updated' }])
  })

  it('say created again for an event that was cancelled and restored', async () => {
    const reading = await readTeam(['Standby'])
    const { world, host } = reading
    const id = changesTo(host)[0]?.eventId ?? ''
    world.sandbox.google.cancelEvent(address, teamId, id)
    await world.settle()
    world.sandbox.google.createOddEvent(address, teamId, { ...restored(reading), id, status: 'confirmed' })
    await world.settle()
    expect(changesTo(host).map(({ kind }) => kind)).toEqual(['created', 'cancelled', 'created'])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })

  it('are told of every instance of a series that is moved, changed or cancelled', async () => {
    const { world, host } = await readTeam()
    const { google, clock } = world.sandbox
    const start = clock.now() + day
    const { id } = google.createEvent(address, teamId, {
      summary: 'Rotation',
      start,
      end: start + hour,
      recurrence: ['RRULE:FREQ=DAILY;COUNT=9'],
    })
    await world.settle()
    const [one = '', two = '', three = ''] = google.listInstances(address, teamId, id)
    google.moveEvent(address, teamId, one, 2 * hour)
    google.updateEvent(address, teamId, two, { summary: 'Swapped' })
    google.cancelEvent(address, teamId, three)
    await world.settle()
    google.moveEvent(address, teamId, one, hour)
    await world.settle()
    const [first, ...rest] = changesTo(host)
    expect(first).toMatchObject({ kind: 'created', eventId: id, recurrence: ['RRULE:FREQ=DAILY;COUNT=9'] })
    expect(rest).toMatchObject([
      { kind: 'created', eventId: one, recurringEventId: id, originalStart: { instant: new Date(start).toISOString() } },
      { kind: 'created', eventId: two, title: 'Swapped' },
      { kind: 'cancelled', eventId: three, originalStart: { instant: new Date(start + 2 * day).toISOString() } },
      { kind: 'moved', eventId: one },
    ])
    google.cancelEvent(address, teamId, id)
    await world.settle()
    expect(
      changesTo(host)
        .filter(({ eventId }) => eventId === id)
        .at(-1),
    ).toMatchObject({ kind: 'cancelled' })
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })
})

/** The first event as Google showed it last. */
function restored({ host }: Reading): Record<string, unknown> {
  const { title, start, end } = changesTo(host)[0] ?? {}
  return { summary: title, start: { dateTime: start?.instant }, end: { dateTime: end?.instant } }
}

describe('S24 a change that the host cannot take', () => {
  it('is set aside after five attempts and told of; the others, and its newer state, still come', async () => {
    const reading = await readTeam()
    const { world, host } = reading
    let attempts = 0
    host.refuses = ({ change }) => change.title === 'poison' && (attempts += 1) > 0
    const id = write(world.sandbox, 'poison')
    write(world.sandbox, 'fine')
    await world.settle()
    await giveUp(reading)
    expect([attempts, wordsTo(host)]).toEqual([5, ['created fine']])
    expect(toldOf(host, 'connection.item_skipped')).toMatchObject([{ stage: 'handler', attempts: 5 }])
    expect(await healthOf(reading)).toMatchObject({ quarantined: 1 })
    world.sandbox.google.updateEvent(address, teamId, id, { summary: 'antidote' })
    await world.settle()
    expect(wordsTo(host)).toEqual(['created antidote', 'created fine'])
    // What was set aside says nothing any more.
    await world.sdk.calendar.redrive({ principal, connectionId: reading.connectionId })
    await world.settle()
    expect(wordsTo(host)).toEqual(['created antidote', 'created fine'])
    expect(await healthOf(reading)).toMatchObject({ quarantined: 0 })
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })

  it('comes with the next redrive when it is still the newest', async () => {
    const reading = await readTeam(['Standby'])
    const { world, host } = reading
    const id = changesTo(host)[0]?.eventId ?? ''
    host.refuses = () => true
    world.sandbox.google.moveEvent(address, teamId, id, hour)
    await world.settle()
    await giveUp(reading)
    host.refuses = () => false
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['created Standby'])
    expect(await world.sdk.calendar.redrive({ principal, connectionId: reading.connectionId })).toEqual({ redriven: 1 })
    await world.settle()
    expect(wordsTo(host)).toEqual(['created Standby', 'moved Standby'])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })

  it('and that was a deletion, is told once after a redrive', async () => {
    const reading = await readTeam(['Standby'])
    const { world, host, connectionId } = reading
    host.refuses = () => true
    world.sandbox.google.cancelEvent(address, teamId, changesTo(host)[0]?.eventId ?? '')
    await world.settle()
    await giveUp(reading)
    world.sandbox.google.expireSyncTokens(address)
    await look(world, 1)
    host.refuses = () => false
    await world.sdk.calendar.redrive({ principal, connectionId })
    await world.settle()
    world.sandbox.google.expireSyncTokens(address)
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['cancelled Standby', 'created Standby'])
    expect(copyAt(host)).toEqual(new Map())
  })

  it('holds up no look at Google', async () => {
    const { world, host } = await readTeam()
    host.refuses = () => true
    write(world.sandbox, 'poison')
    await world.settle()
    const before = callsTo(world, 'calendar.events.list').length
    await look(world, 3)
    expect(callsTo(world, 'calendar.events.list').length - before).toBe(3)
  })
})
