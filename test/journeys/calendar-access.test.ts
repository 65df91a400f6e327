import { describe, expect, it } from 'vitest'
import { connectCalendar, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import { contentsOf } from './calendar-model/google-side.ts'
import { address, changesTo, copyAt, readTeam, setUpTeam, teamId, toldOf, wordsTo, write, zone } from './calendar-model/reading.ts'
import type { Reading } from './calendar-model/reading.ts'
import { callsTo, living, look } from './channels.ts'

const owner = 'support@acme.test'
const sharedId = 'shared@group.calendar.google.com'
const hour = 3_600_000

type Role = 'freeBusyReader' | 'reader' | 'writer' | 'owner'
type Direction = 'both' | 'to_google' | 'from_google'

/** Reads a calendar that another account shares. */
async function readShared(role: Role, direction: Direction = 'both'): Promise<Reading> {
  const { world, host } = await setUpTeam()
  world.sandbox.google.createCalendar(owner, { summary: 'Shared', id: sharedId, timeZone: zone })
  world.sandbox.google.shareCalendar(owner, sharedId, address, role)
  add(world, 'S1')
  const connectionId = await connectCalendar(world, { settings: { calendarId: sharedId, direction } })
  return { world, host, connectionId }
}

function add({ sandbox }: Reading['world'], summary: string): string {
  const start = sandbox.clock.now() + 24 * hour
  return sandbox.google.createEvent(owner, sharedId, { summary, start, end: start + hour }).id
}

const share = ({ world }: Reading, role: Role) => world.sandbox.google.shareCalendar(owner, sharedId, address, role)
const healthOf = async ({ world, connectionId }: Reading) => (await world.sdk.calendar.get({ principal, connectionId })).health
const turn = async ({ world, connectionId }: Reading, settings: Record<string, unknown>) => {
  await world.sdk.calendar.update({ principal, connectionId, changes: { settings } })
  await world.settle()
}

describe('a calendar that is shared', () => {
  it.each([
    ['owner', 'both', 'connected', null],
    ['writer', 'both', 'connected', null],
    ['writer', 'to_google', 'connected', null],
    ['reader', 'from_google', 'connected', null],
    ['reader', 'both', 'degraded', 'calendar_read_only'],
    ['reader', 'to_google', 'degraded', 'calendar_read_only'],
    ['freeBusyReader', 'both', 'degraded', 'calendar_not_readable'],
    ['freeBusyReader', 'from_google', 'degraded', 'calendar_not_readable'],
    ['freeBusyReader', 'to_google', 'degraded', 'calendar_read_only'],
  ] as const)('as %s with direction %s is %s', async (role, direction, status, reason) => {
    const reading = await readShared(role, direction)
    expect(await healthOf(reading)).toMatchObject({ status, reason })
    await look(reading.world, 1)
    expect(await healthOf(reading)).toMatchObject({ status, reason })
    const titles = changesTo(reading.host).map(({ title }) => title)
    expect(titles).toEqual(direction === 'to_google' ? [] : [role === 'freeBusyReader' ? null : 'S1'])
  })

  it('and becomes read-only is still read, and the connection says why until it is restored', async () => {
    const reading = await readShared('writer')
    const { world, host } = reading
    share(reading, 'reader')
    await look(world, 1)
    expect(await healthOf(reading)).toMatchObject({ status: 'degraded', reason: 'calendar_read_only' })
    add(world, 'S2')
    await world.settle()
    expect(wordsTo(host)).toEqual(['created S1', 'created S2'])
    expect(toldOf(host, 'connection.degraded')).toMatchObject([{ reason: 'calendar_read_only' }])
    await look(world, 2)
    expect(toldOf(host, 'connection.degraded')).toHaveLength(1)
    share(reading, 'writer')
    await look(world, 1)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', reason: null })
    expect(wordsTo(host)).toEqual(['created S1', 'created S2'])
  })

  it('and read-only stays degraded through the renewal of its channel', async () => {
    const reading = await readShared('reader')
    const { world, host } = reading
    const from = host.told.length
    for (let days = 0; days < 8; days += 1) {
      await world.sandbox.clock.advance(24 * hour)
      await world.settle()
    }
    expect(callsTo(world, 'calendar.events.watch').length).toBeGreaterThan(1)
    expect(host.told.slice(from)).toEqual([])
    expect(await healthOf(reading)).toMatchObject({ status: 'degraded', reason: 'calendar_read_only' })
  })

  it('and read-only is whole once the direction only reads', async () => {
    const reading = await readShared('reader')
    await turn(reading, { direction: 'from_google' })
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', reason: null })
  })

  it('and shows more than before is told again, as far as there is more to see', async () => {
    const reading = await readShared('freeBusyReader', 'from_google')
    const { world, host } = reading
    expect(changesTo(host)).toMatchObject([{ kind: 'created', title: null }])
    share(reading, 'reader')
    await look(world, 2)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', reason: null })
    expect(changesTo(host).slice(1)).toMatchObject([{ kind: 'updated', title: 'S1' }])
    share(reading, 'writer')
    await look(world, 2)
    expect(changesTo(host)).toHaveLength(2)
  })

  it('and is not any more says so, keeps what was imported, and goes on when it is shared again', async () => {
    const reading = await readShared('writer')
    const { world, host } = reading
    world.sandbox.google.unshareCalendar(owner, sharedId, address)
    const gone = add(world, 'S2')
    await look(world, 1)
    expect(await healthOf(reading)).toMatchObject({ status: 'error', reason: 'calendar_not_found' })
    expect(wordsTo(host)).toEqual(['created S1'])
    share(reading, 'writer')
    world.sandbox.google.moveEvent(owner, sharedId, gone, hour)
    await look(world, 2)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', reason: null })
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, owner, sharedId, zone))
    add(world, 'S3')
    await look(world, 1)
    expect(wordsTo(host)).toEqual(['created S1', 'created S2', 'created S3'])
  })

  it('and was deleted says so, and another one that is chosen heals', async () => {
    const reading = await readShared('writer')
    const { world, host } = reading
    world.sandbox.google.deleteCalendar(owner, sharedId)
    write(world.sandbox, 'T1')
    await look(world, 2)
    expect(await healthOf(reading)).toMatchObject({ status: 'error', reason: 'calendar_not_found' })
    expect(wordsTo(host)).toEqual(['created S1'])
    await turn(reading, { calendarId: teamId })
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'push' })
    expect(wordsTo(host)).toEqual(['cancelled S1', 'created S1', 'created T1'])
  })
})

describe('what changes while nobody looks', () => {
  /** One is cancelled, one moved, one new. */
  const meddle = ({ world, host }: Reading) => {
    const [one = '', two = ''] = changesTo(host).map(({ eventId }) => eventId)
    world.sandbox.google.cancelEvent(address, teamId, one)
    world.sandbox.google.moveEvent(address, teamId, two, hour)
    write(world.sandbox, 'T3')
  }
  const after = ['cancelled T1', 'created T1', 'created T2', 'created T3', 'moved T2']

  it('because the connection is paused arrives once it goes on', async () => {
    const reading = await readTeam(['T1', 'T2'])
    const { world, host, connectionId } = reading
    await world.sdk.calendar.update({ principal, connectionId, changes: { paused: true } })
    meddle(reading)
    await look(world, 2)
    expect(wordsTo(host)).toEqual(['created T1', 'created T2'])
    await world.sdk.calendar.update({ principal, connectionId, changes: { paused: false } })
    await look(world, 1)
    expect(wordsTo(host)).toEqual(after)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
  })

  it('because the sign-in was taken back arrives after the next one', async () => {
    const reading = await readTeam(['T1', 'T2'])
    const { world, host, connectionId } = reading
    for (const { clientId } of world.sandbox.snapshot().clients) world.sandbox.google.revokeGrant(address, clientId)
    meddle(reading)
    await look(world, 2)
    expect(await healthOf(reading)).toMatchObject({ status: 'needs_reauth' })
    const begun = await world.sdk.calendar.reconnect({ principal, connectionId })
    await signIn(world, begun, { address })
    await world.settle()
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'push' })
    expect(wordsTo(host)).toEqual(after)
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })
})

describe('the direction', () => {
  it('to Google stops the channel and the import, and says why it is polled', async () => {
    const reading = await readTeam(['T1'])
    const { world, host } = reading
    await turn(reading, { direction: 'to_google' })
    expect(living(world)).toEqual([])
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'polling', deliveryReason: 'direction_to_google' })
    world.sandbox.clearRequests()
    write(world.sandbox, 'T2')
    await look(world, 3)
    expect(callsTo(world, 'calendar.events.list')).toEqual([])
    expect(wordsTo(host)).toEqual(['created T1'])
  })

  it('turned back to both brings everything that changed meanwhile, once', async () => {
    const reading = await readTeam(['T1', 'T2', 'T3'])
    const { world, host } = reading
    const [one, two] = changesTo(host).map(({ eventId }) => eventId)
    await turn(reading, { direction: 'to_google' })
    world.sandbox.google.cancelEvent(address, teamId, one ?? '')
    world.sandbox.google.moveEvent(address, teamId, two ?? '', hour)
    write(world.sandbox, 'T4')
    await look(world, 2)
    await turn(reading, { direction: 'both' })
    expect(wordsTo(host)).toEqual(['cancelled T1', 'created T1', 'created T2', 'created T3', 'created T4', 'moved T2'])
    expect(await healthOf(reading)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
    await look(world, 2)
    expect(wordsTo(host)).toHaveLength(6)
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
    write(world.sandbox, 'T5')
    await world.settle()
    expect(changesTo(host).at(-1)).toMatchObject({ kind: 'created', title: 'T5' })
  })

  it('to Google from the start imports nothing, and all of it later', async () => {
    const reading = await readTeam(['T1'], { direction: 'to_google' })
    const { world, host } = reading
    await look(world, 2)
    expect(changesTo(host)).toEqual([])
    await turn(reading, { direction: 'from_google' })
    expect(wordsTo(host)).toEqual(['created T1'])
    expect(toldOf(host, 'connection.gap_recovered')).toEqual([])
  })

  it('to Google notices when the calendar is gone', async () => {
    const reading = await readShared('writer', 'to_google')
    reading.world.sandbox.google.deleteCalendar(owner, sharedId)
    await look(reading.world, 1)
    expect(await healthOf(reading)).toMatchObject({ status: 'error', reason: 'calendar_not_found' })
  })
})
