import { describe, expect, it } from 'vitest'
import type { CalendarChanged, EventHandlers, HandlerContext } from '@tenantry/sdk'
import { connectCalendar, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { MemoryTransaction } from '@tenantry/sdk/testing'
import { contentsOf } from '../journeys/calendar-model/google-side.ts'
import { createHostCopy } from '../journeys/calendar-model/host-copy.ts'
import { address, answerInPages, teamId, withoutDeleted, wordsTo, write, zone } from '../journeys/calendar-model/reading.ts'
import { createGround, startProcess, untilDeath } from './ground.ts'
import type { Ground, Process } from './ground.ts'
import type { Death } from './mortal.ts'

const minute = 60_000
const otherId = 'other@group.calendar.google.com'

/** A host that writes down what it is told in the transaction that it is given. */
const on: EventHandlers = {
  'calendar.changed': (event, { transaction }: HandlerContext) => note(transaction as MemoryTransaction, 'changes', event),
  'connection.gap_recovered': ({ count }, { transaction }: HandlerContext) => note(transaction as MemoryTransaction, 'gaps', count),
}

function note(rows: MemoryTransaction, name: string, entry: unknown): void {
  rows.set(name, [...((rows.get(name) as unknown[] | undefined) ?? []), entry])
}

/** A calendar that was read, beside another one. */
const past = (async () => {
  const ground = createGround()
  const { google } = ground.sandbox
  google.createAccount({ address, seed: false })
  google.createCalendar(address, { summary: 'Team', id: teamId, timeZone: zone })
  google.createCalendar(address, { summary: 'Other', id: otherId, timeZone: zone })
  for (const title of ['A', 'B', 'C', 'D']) write(ground.sandbox, title)
  for (const title of ['O1', 'O2']) write(ground.sandbox, title, 24, otherId)
  const world = startProcess(ground, on, null)
  await setUpGoogle(world)
  const connectionId = await connectCalendar(world, { address, settings: { calendarId: teamId } })
  return { ground, connectionId }
})()

/** One is cancelled, one moved, one renamed, and one is new. */
function change({ sandbox }: Ground): void {
  const { google } = sandbox
  const [one = '', two = '', three = ''] = google.listEvents(address, teamId).map(({ id }) => id)
  google.cancelEvent(address, teamId, one)
  google.moveEvent(address, teamId, two, 60 * minute)
  google.updateEvent(address, teamId, three, { summary: 'C renamed' })
  write(sandbox, 'E')
}

interface Way {
  readonly calendarId: string
  /** What happens before the process that may die works. */
  prepare(ground: Ground): Promise<void>
  work(world: Process, connectionId: string): Promise<void>
}

const settle = (world: Process) => world.settle()
const switchOver = async (world: Process, connectionId: string) => {
  await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { calendarId: otherId } } })
  await world.settle()
}

const pushed: Way = {
  calendarId: teamId,
  prepare: (ground) => Promise.resolve(change(ground)),
  work: settle,
}

const relisted: Way = {
  calendarId: teamId,
  prepare: async (ground) => {
    const drop = ground.sandbox.faults.add({ delivery: 'calendar', kind: 'drop' })
    change(ground)
    await ground.sandbox.settled()
    drop.remove()
    ground.sandbox.google.expireSyncTokens(address)
    await ground.sandbox.clock.advance(31 * minute)
  },
  work: settle,
}

const switched: Way = { calendarId: otherId, prepare: () => Promise.resolve(), work: switchOver }

/** Goes the way in small pages, in which Google has forgotten what was deleted, until the end or until death. */
async function go(way: Way, death: Death | null): Promise<{ ground: Ground; connectionId: string; steps: readonly string[] }> {
  const { ground: before, connectionId } = await past
  const ground = createGround(before)
  answerInPages(ground, 2, ({ full, serve }) => (full ? withoutDeleted(serve()) : serve()))
  const world = startProcess(ground, on, death)
  await way.prepare(ground)
  await untilDeath(world, () => way.work(world, connectionId))
  return { ground, connectionId, steps: world.mortal.steps }
}

/** Leases of the dead run out, and another process does the rest; a person who got no answer asks again. */
async function heal(way: Way, ground: Ground, connectionId: string): Promise<void> {
  const second = startProcess(ground, on, null)
  const { settings } = await second.sdk.calendar.get({ principal, connectionId })
  if (settings['calendarId'] !== way.calendarId) await switchOver(second, connectionId)
  for (const wait of [2, 4, 6, 31]) {
    await ground.sandbox.clock.advance(wait * minute)
    await second.settle()
  }
}

/** What the host was told, and whether that is what the calendar has. */
function outcomeOf(way: Way, { store, sandbox }: Ground): unknown {
  const told = store.hostValue('changes') as CalendarChanged[]
  const copy = createHostCopy()
  const words = wordsTo({ told })
  try {
    for (const event of told) copy.apply(event)
  } catch (error) {
    return { words, wrong: String(error) }
  }
  expect(copy.contents()).toEqual(contentsOf(sandbox, address, way.calendarId, zone))
  return { words, gaps: store.hostValue('gaps') ?? [] }
}

describe.each([
  ['a change that is pushed', pushed, ['inbox.receive', 'request team%40group.calendar.google.com/events']],
  ['a full listing whose deletions are found by what is missing', relisted, ['items.listUnseen', 'transaction.items.remove']],
  [
    'a switch of calendars',
    switched,
    ['transaction.syncStates.setCursor', 'items.listUnseen', 'request events/watch', 'request channels/stop'],
  ],
] as const)('K9 at every step of %s', (_, way, points) => {
  it('leaves the host with what is in the calendar, told once and in the right words', async () => {
    const whole = await go(way, null)
    for (const point of [...points, 'transaction.items.put', 'transaction.items.setTold']) expect(whole.steps).toContain(point)
    await heal(way, whole.ground, whole.connectionId)
    const right = outcomeOf(way, whole.ground)
    expect(right).toMatchObject({ words: expect.arrayContaining(['created A', 'cancelled A']) })
    const wrong: unknown[] = []
    for (let step = 1; step <= whole.steps.length; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const { ground, connectionId } = await go(way, { step, when })
        await heal(way, ground, connectionId)
        const found = outcomeOf(way, ground)
        if (JSON.stringify(found) !== JSON.stringify(right)) wrong.push({ step: whole.steps[step - 1], when, found })
      }
    }
    expect(wrong).toEqual([])
  }, 600_000)
})
