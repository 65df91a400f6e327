import type { EventHandlers } from '@tenantry/sdk'
import { connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import type { MemoryTransaction } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import { createGround, startProcess, untilDeath } from './ground.ts'
import type { Ground, Process } from './ground.ts'
import type { Death } from './mortal.ts'

const minute = 60_000
const address = 'support@acme.test'
const mails = ['one', 'two', 'three', 'four']

interface CountingProcess extends Process {
  /** Subjects in the order in which the handler was called, whether or not its transaction lived. */
  readonly handled: string[]
}

/** One process of the host, whose handler counts each mail in the transaction that it is given. */
function startCounting(ground: Ground, death: Death | null): CountingProcess {
  const handled: string[] = []
  const on: EventHandlers = {
    'message.received': ({ message }, { transaction }) => {
      handled.push(message.subject)
      const rows = transaction as MemoryTransaction
      rows.set(message.subject, ((rows.get(message.subject) as number | undefined) ?? 0) + 1)
    },
  }
  return { ...startProcess(ground, on, death), handled }
}

const counts = (ground: Ground) => mails.map((subject) => ground.store.hostValue(subject))

/** Leases of the dead run out, and another process does the rest. */
async function heal(ground: Ground): Promise<void> {
  const second = startCounting(ground, null)
  for (const wait of [2, 4, 2, 4, 10]) {
    await ground.sandbox.clock.advance(wait * minute)
    await second.settle()
  }
}

/** A connected mailbox, once for all futures. */
const past = (async () => {
  const ground = createGround()
  ground.sandbox.google.createAccount({ address })
  const world = startCounting(ground, null)
  await setUpGoogle(world)
  await connectGmail(world)
  return ground
})()

/** Mail arrives, is pushed, synced, fetched and handed over, and somewhere on the way the process dies. */
async function receiveMail(death: Death | null): Promise<{ ground: Ground; steps: readonly string[] }> {
  const ground = createGround(await past)
  const world = startCounting(ground, death)
  for (const subject of mails) ground.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject, text: 'x' })
  await untilDeath(world, world.settle)
  return { ground, steps: world.mortal.steps }
}

/** The history is too old, and somewhere in the search for what is missing the process dies. */
async function closeGap(death: Death | null): Promise<{ ground: Ground; steps: readonly string[] }> {
  const ground = createGround(await past)
  ground.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
  for (const subject of mails) ground.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject, text: 'x' })
  ground.sandbox.google.expireHistory(address)
  ground.sandbox.faults.clear()
  await ground.sandbox.clock.advance(16 * minute)
  const world = startCounting(ground, death)
  await untilDeath(world, world.settle)
  return { ground, steps: world.mortal.steps }
}

describe.each([
  ['mail on its way', receiveMail],
  ['a gap that is being closed', closeGap],
])('K9 at every step of %s', (_, run) => {
  it('loses nothing, and hands each mail over once to a handler that writes in the transaction', async () => {
    const { ground, steps } = await run(null)
    expect(counts(ground)).toEqual(mails.map(() => 1))
    // The points that matter have names; each of them is among the steps.
    for (const point of [
      'outbox.takeToFetch',
      'transaction.outbox.settle',
      'transaction.contents.put',
      'transaction.outbox.complete',
      'transaction.committed',
    ])
      expect(steps).toContain(point)
    const wrong: { death: Death; name: string | undefined; counts: unknown[] }[] = []
    for (let step = 1; step <= steps.length; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const death = { step, when }
        const world = await run(death)
        await heal(world.ground)
        const found = counts(world.ground)
        if (found.some((count) => count !== 1)) wrong.push({ death, name: steps[step - 1], counts: found })
      }
    }
    expect(wrong).toEqual([])
  }, 600_000)
})
