import { describe, expect, it } from 'vitest'
import { connectCalendar, testPrincipal as principal } from '@tenantry/sdk/testing'
import { contentsOf } from '../calendar-model/google-side.ts'
import {
  address,
  answerInPages,
  changesTo,
  copyAt,
  pass,
  readTeam,
  refuse,
  setUpTeam,
  silence,
  teamId,
  toldOf,
  withoutDeleted,
  wordsTo,
  write,
  zone,
} from '../calendar-model/reading.ts'
import type { Reading } from '../calendar-model/reading.ts'
import { callsTo, look } from '../channels.ts'

const letters = (count: number) => Array.from({ length: count }, (_, index) => String.fromCodePoint(65 + index))
const cursorOf = async ({ world, connectionId }: Pick<Reading, 'world' | 'connectionId'>) =>
  (await world.store.syncStates.get('acme', connectionId))?.cursor ?? null
const lists = ({ world }: Pick<Reading, 'world'>) => callsTo(world, 'calendar.events.list')
const healthOf = async ({ world, connectionId }: Reading) => (await world.sdk.calendar.get({ principal, connectionId })).health

describe('S24 the token', () => {
  it('is saved with the last page of the first listing, in the transaction of its events', async () => {
    const { world, host } = await setUpTeam()
    for (const title of letters(7)) write(world.sandbox, title)
    const seen: (string | null | undefined)[] = []
    answerInPages(world, 3, async ({ serve }) => {
      const [connection] = await world.store.connections.list('acme', {})
      seen.push(await cursorOf({ world, connectionId: connection?.id ?? '' }))
      return serve()
    })
    const connectionId = await connectCalendar(world, { settings: { calendarId: teamId } })
    expect(seen.slice(0, 3)).toEqual([null, null, null])
    expect(await cursorOf({ world, connectionId })).not.toBeNull()
    expect(wordsTo(host)).toEqual(letters(7).map((title) => `created ${title}`))
  })

  it.each([1, 2, 3, 4])('stays when page %i of the changes fails; nothing is lost and nothing doubled', async (bad) => {
    const reading = await readTeam()
    const { world, host } = reading
    const before = await cursorOf(reading)
    silence(world)
    for (const title of letters(7)) write(world.sandbox, title)
    let failures = 0
    answerInPages(world, 2, ({ page, serve }) => {
      // The first time only, however the listing goes on.
      if (failures === 0 && page === bad) {
        failures += 1
        return refuse(503)
      }
      return serve()
    })
    await pass(world, 31)
    expect([failures, await cursorOf(reading)]).toEqual([1, before])
    await pass(world, 5)
    expect(await cursorOf(reading)).not.toBe(before)
    expect(wordsTo(host)).toEqual(letters(7).map((title) => `created ${title}`))
  })

  it('is asked with the same parameters over the whole life of a connection', async () => {
    const reading = await readTeam(letters(3))
    const { world, connectionId } = reading
    answerInPages(world, 2)
    write(world.sandbox, 'pushed')
    await world.settle()
    for (const title of letters(5)) write(world.sandbox, title)
    await world.settle()
    world.sandbox.google.expireSyncTokens(address)
    await look(world, 1)
    for (const settings of [{ direction: 'to_google' }, { direction: 'from_google' }, { pastDays: 30 }])
      await world.sdk.calendar.update({ principal, connectionId, changes: { settings } }).then(() => world.settle())
    const fixed = lists(reading).map(({ url }) => {
      const { searchParams } = new URL(url)
      for (const name of ['syncToken', 'pageToken', 'maxResults']) searchParams.delete(name)
      searchParams.sort()
      return searchParams.toString()
    })
    expect(fixed.length).toBeGreaterThan(10)
    expect([...new Set(fixed)]).toEqual(['showDeleted=true&singleEvents=false'])
  })

  it('is reached in smaller pages where a large answer is too much', async () => {
    const { world, host } = await setUpTeam()
    for (const title of letters(25)) write(world.sandbox, title)
    const { fetch } = world.sandbox
    const sizes: number[] = []
    const serve = (request: Request): Promise<Response> => {
      const size = Number(new URL(request.url).searchParams.get('maxResults') ?? 0)
      if (request.method === 'GET' && size > 0) sizes.push(size)
      const headers = { 'content-type': 'application/json', 'content-length': String(20 * 1024 * 1024) }
      return size > 10 ? Promise.resolve(new Response('{}', { headers })) : fetch(request)
    }
    Object.assign(world.sandbox, { fetch: serve })
    const connectionId = await connectCalendar(world, { settings: { calendarId: teamId } })
    expect(sizes.slice(0, 3)).toEqual([1000, 100, 10])
    expect(wordsTo(host)).toEqual(letters(25).map((title) => `created ${title}`))
    expect(await healthOf({ world, host, connectionId })).toMatchObject({ status: 'connected' })
  })
})

describe('S24 a token that is too old', () => {
  it.each([
    ['the first page', 1],
    ['a page in the middle', 2],
    ['the last page', 4],
  ])('on %s leads to one full listing, after which the copy is right', async (_, bad) => {
    const reading = await readTeam(letters(6))
    const { world, host } = reading
    silence(world)
    const [one, two, three] = world.sandbox.google.listEvents(address, teamId)
    world.sandbox.google.cancelEvent(address, teamId, one?.id ?? '')
    world.sandbox.google.moveEvent(address, teamId, two?.id ?? '', 3_600_000)
    world.sandbox.google.updateEvent(address, teamId, three?.id ?? '', { summary: 'renamed' })
    for (const title of ['X', 'Y', 'Z', 'Ä']) write(world.sandbox, title)
    let full = 0
    answerInPages(world, 2, ({ page, full: isFull, serve }) => {
      if (isFull && page === 1) full += 1
      return !isFull && page === bad && full === 0 ? refuse(410, 'fullSyncRequired') : withoutDeleted(serve())
    })
    const from = host.told.length
    await pass(world, 31)
    expect(full).toBe(1)
    const since = { told: host.told.slice(from) }
    expect(wordsTo({ told: host.told }).filter((words) => !/^created [A-F]$/.test(words))).toEqual([
      'cancelled A',
      'created X',
      'created Y',
      'created Z',
      'created Ä',
      'moved B',
      'updated renamed',
    ])
    expect(toldOf(since, 'connection.gap_recovered')).toHaveLength(1)
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
    await look(world, 2)
    expect(toldOf(host, 'connection.gap_recovered')).toHaveLength(1)
    expect(full).toBe(1)
  })

  it('tells what changed meanwhile and nothing else, and counts it', async () => {
    const { world, host } = await readTeam(letters(6))
    silence(world)
    const [one] = world.sandbox.google.listEvents(address, teamId)
    world.sandbox.google.cancelEvent(address, teamId, one?.id ?? '')
    write(world.sandbox, 'new')
    world.sandbox.google.expireSyncTokens(address)
    const from = host.told.length
    await look(world, 1)
    const since = { told: host.told.slice(from) }
    expect(changesTo(since)).toMatchObject([
      { kind: 'cancelled', eventId: one?.id },
      { kind: 'created', title: 'new' },
    ])
    expect(toldOf(since, 'connection.gap_recovered')).toMatchObject([{ count: 2, origin: 'gapfill' }])
    expect(toldOf(since, 'calendar.changed').map(({ origin }) => origin)).toEqual(['gapfill', 'gapfill'])
  })

  it('tells of deletions only once the full listing succeeded', async () => {
    const reading = await readTeam(letters(6))
    const { world, host } = reading
    silence(world)
    for (const { id } of world.sandbox.google.listEvents(address, teamId).slice(0, 2)) world.sandbox.google.cancelEvent(address, teamId, id)
    world.sandbox.google.expireSyncTokens(address)
    let down = true
    answerInPages(world, 2, ({ page, full, serve }) => (down && full && page === 2 ? refuse(503) : withoutDeleted(serve())))
    const from = host.told.length
    await look(world, 1)
    expect(changesTo({ told: host.told.slice(from) })).toEqual([])
    down = false
    await pass(world, 5)
    expect(wordsTo(host).filter((words) => words.startsWith('cancelled'))).toEqual(['cancelled A', 'cancelled B'])
    await look(world, 2)
    expect(wordsTo(host)).toHaveLength(8)
  })

  it('asks for one full listing at a time, also when Google never ends refusing', async () => {
    const reading = await readTeam(letters(2))
    const { world } = reading
    world.sandbox.faults.add({ operation: 'calendar.events.list', kind: 'status', status: 410 })
    world.sandbox.clearRequests()
    await look(world, 1)
    expect(lists(reading)).toHaveLength(2)
    await look(world, 4)
    expect(lists(reading).length).toBeLessThan(20)
    expect(await healthOf(reading)).toMatchObject({ status: 'degraded' })
    world.sandbox.faults.clear()
    await look(world, 2)
    expect(await healthOf(reading)).toMatchObject({ status: 'connected' })
    expect(toldOf(reading.host, 'connection.gap_recovered')).toHaveLength(1)
  })

  it.each([400, 410])('and a page token that Google forgot (%i) make a full listing begin again', async (status) => {
    const reading = await readTeam(letters(6))
    const { world, host } = reading
    silence(world)
    write(world.sandbox, 'new')
    const [one] = world.sandbox.google.listEvents(address, teamId)
    world.sandbox.google.cancelEvent(address, teamId, one?.id ?? '')
    world.sandbox.google.expireSyncTokens(address)
    let trouble = 0
    const forgotten = new Set<string>()
    answerInPages(world, 2, ({ url, full, serve }) => {
      const token = url.searchParams.get('pageToken') ?? ''
      if (token === '') forgotten.clear()
      if (forgotten.has(token)) return refuse(status, 'invalid')
      if (!full || token === '' || trouble > 0) return withoutDeleted(serve())
      trouble += 1
      forgotten.add(token)
      return refuse(503)
    })
    await look(world, 3)
    expect([trouble, await healthOf(reading)]).toMatchObject([1, { status: 'connected' }])
    expect(copyAt(host)).toEqual(contentsOf(world.sandbox, address, teamId, zone))
  })
})
