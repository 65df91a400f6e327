import { describe, expect, it } from 'vitest'
import { connectCalendar, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { contentsOf } from './calendar-model/google-side.ts'
import {
  address,
  answerInPages,
  changesTo,
  copyAt,
  pass,
  readTeam,
  setUpTeam,
  teamId,
  toldOf,
  wordsTo,
  write,
  zone,
} from './calendar-model/reading.ts'
import type { Reading } from './calendar-model/reading.ts'
import { callsTo, living, look, statesOf } from './channels.ts'
import { createWorld } from './create-world.ts'
import { codeOf } from './expectations.ts'

const otherId = 'other@group.calendar.google.com'
const support = 'support@acme.test'

const viewOf = ({ world, connectionId }: Pick<Reading, 'world' | 'connectionId'>) => world.sdk.calendar.get({ principal, connectionId })
const healthOf = async (reading: Pick<Reading, 'world' | 'connectionId'>) => (await viewOf(reading)).health
const change = async ({ world, connectionId }: Reading, settings: Record<string, unknown>) =>
  world.sdk.calendar.update({ principal, connectionId, changes: { settings } })
const choose = async (reading: Reading, settings: Record<string, unknown>) => {
  await change(reading, settings)
  await reading.world.settle()
}

/** Connected without a calendar, in an account that has several. */
async function unchosen(): Promise<Reading> {
  const { world, host } = await setUpTeam()
  world.sandbox.google.createCalendar(address, { summary: 'Another', id: otherId, color: '#7bd148' })
  world.sandbox.google.createCalendar(support, { summary: 'Holidays of Acme', id: 'holidays@group.calendar.google.com' })
  world.sandbox.google.shareCalendar(support, 'holidays@group.calendar.google.com', address, 'reader')
  write(world.sandbox, 'Standby')
  const connectionId = await connectCalendar(world, { settings: { calendarId: null } })
  return { world, host, connectionId }
}

/** Reads the team's calendar; another one has events of its own. */
async function beforeSwitch(): Promise<Reading> {
  const reading = await readTeam(['T1', 'T2'])
  const { sandbox } = reading.world
  sandbox.google.createCalendar(address, { summary: 'Other', id: otherId, timeZone: zone })
  for (const title of ['O1', 'O2', 'O3']) write(sandbox, title, 24, otherId)
  return reading
}

const created = ['created O1', 'created O2', 'created O3', 'created T1', 'created T2']
const switched = ['cancelled T1', 'cancelled T2', ...created]

describe('choosing a calendar after the sign-in', () => {
  it('imports nothing before, and says what is missing', async () => {
    const reading = await unchosen()
    expect(await healthOf(reading)).toMatchObject({ status: 'error', reason: 'calendar_not_chosen' })
    await look(reading.world, 2)
    expect([changesTo(reading.host), callsTo(reading.world, 'calendar.events.list')]).toEqual([[], []])
    expect(toldOf(reading.host, 'connection.error')).toHaveLength(1)
  })

  it('offers the account’s calendars with name, colour and access, the main one first', async () => {
    const { world, connectionId } = await unchosen()
    const { choices } = await world.sdk.calendar.choices({ principal, connectionId })
    expect(choices['calendarId']).toMatchObject([
      { id: address, kind: 'system', access: 'write', detail: 'Europe/Berlin' },
      { id: otherId, name: 'Another', color: '#7bd148', access: 'write', kind: 'user' },
      { name: 'Holidays of Acme', access: 'read' },
      { id: teamId, name: 'Team', access: 'write' },
    ])
  })

  it('connects and imports at once', async () => {
    const reading = await unchosen()
    await choose(reading, { calendarId: teamId })
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'push' })
    expect(wordsTo(reading.host)).toEqual(['created Standby'])
    write(reading.world.sandbox, 'pushed')
    await reading.world.settle()
    expect(wordsTo(reading.host)).toEqual(['created Standby', 'created pushed'])
  })

  it('also mends a sign-in for a calendar that is not there', async () => {
    const { world, host } = await setUpTeam()
    const connectionId = await connectCalendar(world, { settings: { calendarId: 'nobody@group.calendar.google.com' } })
    const reading = { world, host, connectionId }
    expect(await healthOf(reading)).toMatchObject({ status: 'error', reason: 'calendar_not_found' })
    write(world.sandbox, 'Standby')
    await choose(reading, { calendarId: teamId })
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'push' })
    expect(wordsTo(host)).toEqual(['created Standby'])
  })

  it('refuses one that another connection reads', async () => {
    const reading = await unchosen()
    const { world } = reading
    await connectCalendar(world, { settings: { calendarId: teamId } })
    expect(await codeOf(change(reading, { calendarId: teamId }))).toBe('connection_exists')
    expect(await healthOf(reading)).toMatchObject({ status: 'error', reason: 'calendar_not_chosen' })
  })

  it.each(['', 'two words', 'x'.repeat(321), 7, { id: teamId }])('refuses what is no calendar’s id: %j', async (calendarId) => {
    const reading = await readTeam()
    expect(await codeOf(change(reading, { calendarId }))).toBe('invalid_input')
  })
})

describe('the main calendar', () => {
  it('is written down by its own id', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectCalendar(world)
    expect((await viewOf({ world, connectionId })).settings).toMatchObject({ calendarId: address })
  })

  it('is told under its own id also while its channel cannot be opened', async () => {
    const { world, host } = await setUpTeam()
    const fault = world.sandbox.faults.add({ operation: 'calendar.events.watch', kind: 'status', status: 503 })
    const connectionId = await connectCalendar(world, { settings: { calendarId: 'primary' } })
    await pass(world, 3)
    const before = wordsTo(host)
    expect(before.length).toBeGreaterThan(0)
    fault.remove()
    await look(world, 2)
    expect(await healthOf({ world, connectionId })).toMatchObject({ status: 'connected', delivery: 'push' })
    expect(wordsTo(host)).toEqual(before)
    expect(new Set(changesTo(host).map(({ calendarId }) => calendarId))).toEqual(new Set([address]))
    expect(toldOf(host, 'connection.gap_recovered')).toEqual([])
  })

  it('has one connection, whichever way it is named', async () => {
    const reading = await readTeam()
    await connectCalendar(reading.world)
    for (const calendarId of ['primary', address]) expect(await codeOf(change(reading, { calendarId }))).toBe('connection_exists')
  })
})

describe('switching to another calendar', () => {
  it('tells the old events as cancelled and the new ones as created, each once', async () => {
    const reading = await beforeSwitch()
    const { world, host } = reading
    await choose(reading, { calendarId: otherId })
    expect(wordsTo(host)).toEqual(switched)
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, otherId, zone))
    await look(world, 2)
    expect(wordsTo(host)).toEqual(switched)
    expect(toldOf(host, 'connection.gap_recovered')).toEqual([])
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('stops the old channel, whose late posts do no harm', async () => {
    const reading = await beforeSwitch()
    const { world, host, connectionId } = reading
    write(world.sandbox, 'T3')
    await world.settle()
    const late = world.sandbox.deliveries.findLast(({ kind }) => kind === 'calendar')
    await choose(reading, { calendarId: otherId })
    expect([(await statesOf(world, connectionId)).toSorted(), living(world).length]).toEqual([['active', 'retired'], 1])
    const headers = { ...late?.headers, 'x-goog-message-number': '999' }
    expect((await world.receivePush(new Request(late?.url ?? '', { method: 'POST', headers }))).status).toBe(204)
    write(world.sandbox, 'T4')
    await look(world, 1)
    expect(wordsTo(host).filter((words) => words.endsWith('T4'))).toEqual([])
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
    expect(living(world)).toHaveLength(1)
  })

  it('and back tells everything the other way round', async () => {
    const reading = await beforeSwitch()
    const { world, host } = reading
    await choose(reading, { calendarId: otherId })
    write(world.sandbox, 'T3')
    await choose(reading, { calendarId: teamId })
    const back = ['cancelled O1', 'cancelled O2', 'cancelled O3', 'created T1', 'created T2', 'created T3']
    expect(wordsTo(host)).toEqual([...switched, ...back].toSorted())
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })

  it('and back before anything was read tells nothing', async () => {
    const reading = await beforeSwitch()
    const from = reading.host.told.length
    await change(reading, { calendarId: otherId })
    await choose(reading, { calendarId: teamId })
    expect(changesTo({ told: reading.host.told.slice(from) })).toEqual([])
  })

  it.each([1, 2])('while page %i of the old one is read ends with the new one alone', async (during) => {
    const reading = await beforeSwitch()
    const { world, host } = reading
    let isSwitched = false
    answerInPages(world, 1, async ({ page, url, serve }) => {
      const answer = await serve()
      if (!isSwitched && page === during && url.pathname.includes('team')) {
        isSwitched = true
        await change(reading, { calendarId: otherId })
      }
      return answer
    })
    for (const title of ['T3', 'T4', 'T5']) write(world.sandbox, title)
    await world.settle()
    await pass(world, 3)
    expect(isSwitched).toBe(true)
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, otherId, zone))
    await look(world, 2)
    expect(wordsTo(host).filter((words) => words.startsWith('created O'))).toHaveLength(3)
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, otherId, zone))
  })

  it('while the host cannot take anything leaves it with the new one alone', async () => {
    const reading = await beforeSwitch()
    const { world, host } = reading
    host.refuses = () => true
    write(world.sandbox, 'T3')
    await world.settle()
    await choose(reading, { calendarId: otherId })
    await pass(world, 1)
    host.refuses = () => false
    await look(world, 1)
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, otherId, zone))
    expect(await healthOf(reading)).toMatchObject({ quarantined: 0 })
  })

  it('to one that is not there says so, and keeps what was imported until another is chosen', async () => {
    const reading = await beforeSwitch()
    const { host } = reading
    await choose(reading, { calendarId: 'nobody@group.calendar.google.com' })
    expect(await healthOf(reading)).toMatchObject({ status: 'error', reason: 'calendar_not_found' })
    expect(wordsTo(host)).toEqual(['created T1', 'created T2'])
    await choose(reading, { calendarId: otherId })
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'push' })
    expect(wordsTo(host)).toEqual(switched)
  })
})
