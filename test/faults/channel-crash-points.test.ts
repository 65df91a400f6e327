import type { EventHandlers } from '@tenantry/sdk'
import { complete, connectCalendar, consent, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { MemoryTransaction } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import { createGround, startProcess, untilDeath } from './ground.ts'
import type { Ground } from './ground.ts'
import type { Death } from './mortal.ts'

const minute = 60_000
const day = 24 * 60 * minute
const address = 'dana@acme.test'

/** The host counts what it is told of each event in the transaction that it is given. */
const on: EventHandlers = {
  'calendar.changed': ({ change }, { transaction }) => {
    const rows = transaction as MemoryTransaction
    const name = change.title ?? ''
    rows.set(name, ((rows.get(name) as number | undefined) ?? 0) + 1)
  },
}

/** Works until nothing is due, or until death. */
async function run(ground: Ground, death: Death | null): Promise<readonly string[]> {
  const world = startProcess(ground, on, death)
  await untilDeath(world, world.settle)
  return world.mortal.steps
}

/** Channels that live at Google, with what we make of their posts. */
async function living({ sandbox, store }: Ground): Promise<(string | undefined)[]> {
  const channels = sandbox.snapshot().channels.filter(({ expiresAt }) => expiresAt > sandbox.clock.now())
  return Promise.all(channels.map(async ({ id }) => (await store.subscriptions.findById(id))?.state))
}

const isHeard = (states: readonly (string | undefined)[]) => states.includes('active') || states.includes('pending')

function write({ sandbox }: Ground, summary: string): void {
  const at = sandbox.clock.now() + day
  sandbox.google.createEvent(address, 'primary', { summary, start: at, end: at + 60 * minute })
}

/** Leases of the dead run out, another process does the rest, and looks twice. */
async function heal(ground: Ground): Promise<void> {
  const second = startProcess(ground, on, null)
  for (const wait of [2, 4, 6, 31, 31]) {
    await ground.sandbox.clock.advance(wait * minute)
    await second.settle()
  }
  write(ground, 'after')
  await second.settle()
}

/** A sign-in that was just completed: the channel is still to be opened. */
const signedIn = (async () => {
  const ground = createGround()
  ground.sandbox.google.createAccount({ address, seed: false })
  const world = startProcess(ground, on, null)
  await setUpGoogle(world)
  const begun = await world.sdk.calendar.connect({ principal, settings: { name: 'On-call' } })
  await complete(world, begun, consent(world, begun, { address }))
  return ground
})()

/** A calendar whose channel is to be renewed. */
const due = (async () => {
  const ground = createGround()
  ground.sandbox.google.createAccount({ address, seed: false })
  const world = startProcess(ground, on, null)
  await setUpGoogle(world)
  await connectCalendar(world, { address })
  await ground.sandbox.clock.advance(5 * day)
  return ground
})()

describe.each([
  ['opening', signedIn, ['request events/watch', 'transaction.subscriptions.put']],
  ['renewing', due, ['request events/watch', 'transaction.subscriptions.put', 'request channels/stop']],
] as const)('K9 at every step of %s a channel', (name, past, points) => {
  it('leaves one channel that is listened to at any time, and one in the end', async () => {
    const whole = createGround(await past)
    write(whole, 'before')
    const steps = await run(whole, null)
    for (const point of points) expect(steps).toContain(point)
    const wrong: unknown[] = []
    for (let step = 1; step <= steps.length; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const ground = createGround(await past)
        write(ground, 'before')
        await run(ground, { step, when })
        const atDeath = await living(ground)
        await heal(ground)
        const atLast = await living(ground)
        const told = [ground.store.hostValue('before'), ground.store.hostValue('after')]
        const isRight = (name === 'opening' || isHeard(atDeath)) && atLast.join() === 'active' && told.join() === '1,1'
        if (!isRight) wrong.push({ step: steps[step - 1], when, atDeath, atLast, told })
      }
    }
    expect(wrong).toEqual([])
  }, 600_000)
})
