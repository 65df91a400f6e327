import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import type { HandlerContext } from '@tenantry/sdk'
import {
  connectGmail,
  createMemoryKeys,
  createMemorySecrets,
  createMemoryStore,
  createTestTenantry,
  setUpGoogle,
} from '@tenantry/sdk/testing'
import type { KeyProvider, SecretsProvider } from '@tenantry/sdk/ports'
import type { MemoryStore, MemoryTransaction, TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { describe, expect, it } from 'vitest'
import { start } from '../journeys/create-world.ts'
import { createMortal } from './mortal.ts'
import type { Death, Mortal } from './mortal.ts'

const minute = 60_000
const address = 'support@acme.test'
const mails = ['one', 'two', 'three', 'four']

/** Everything that outlives a process: Google, the database, the keys. */
interface Ground {
  readonly sandbox: Sandbox
  /** Where Google's posts go. */
  readonly deliver: { to(request: Request): Promise<Response> }
  readonly store: MemoryStore
  readonly secrets: SecretsProvider
  readonly keys: KeyProvider
}

function createGround(past?: Ground): Ground {
  const deliver: Ground['deliver'] = { to: () => Promise.resolve(new Response(null, { status: 503 })) }
  const sandbox = createSandbox({
    clock: createVirtualClock({ now: past?.sandbox.clock.now() ?? start, frozen: true }),
    deliver: (request) => deliver.to(request),
    ...(past && { state: past.sandbox.snapshot() }),
  })
  return {
    sandbox,
    deliver,
    store: past?.store.fork() ?? createMemoryStore(),
    secrets: past?.secrets ?? createMemorySecrets({ now: () => start }),
    keys: past?.keys ?? createMemoryKeys(),
  }
}

interface Process extends TestTenantry {
  readonly mortal: Mortal
  /** Subjects in the order in which the handler was called, whether or not its transaction lived. */
  readonly handled: string[]
}

/** One process of the host, whose handler counts each mail in the transaction that it is given. */
function startProcess(ground: Ground, death: Death | null): Process {
  const { sandbox, store, secrets, keys } = ground
  const mortal = createMortal({ store, fetch: (request) => sandbox.fetch(request) }, death)
  const handled: string[] = []
  const google = createGoogleGateway({ endpoints: sandbox.endpoints, fetch: mortal.fetch, crypto: createWebCrypto(), clock: sandbox.clock })
  const world = createTestTenantry({
    sandbox,
    google,
    store: mortal.store,
    secrets,
    keys,
    fetch: mortal.fetch,
    on: {
      'message.received': ({ message }, { transaction }: HandlerContext) => {
        handled.push(message.subject)
        const rows = transaction as MemoryTransaction
        rows.set(message.subject, ((rows.get(message.subject) as number | undefined) ?? 0) + 1)
      },
    },
  })
  return { ...world, mortal, handled }
}

/** Works until nothing is due, or until death. */
async function workUntilDeath(world: Process): Promise<void> {
  try {
    await world.settle()
  } catch (error) {
    if (!world.mortal.isDead()) throw error
  }
}

const counts = (ground: Ground) => mails.map((subject) => ground.store.hostValue(subject))

/** Leases of the dead run out, and another process does the rest. */
async function heal(ground: Ground): Promise<void> {
  const second = startProcess(ground, null)
  ground.deliver.to = (request) => second.receivePush(request)
  for (const wait of [2, 4, 2, 4, 10]) {
    await ground.sandbox.clock.advance(wait * minute)
    await second.settle()
  }
}

/** A connected mailbox, once for all futures. */
const past = (async () => {
  const ground = createGround()
  ground.sandbox.google.createAccount({ address })
  const world = startProcess(ground, null)
  ground.deliver.to = (request) => world.receivePush(request)
  await setUpGoogle(world)
  await connectGmail(world)
  return ground
})()

/** Mail arrives, is pushed, synced, fetched and handed over, and somewhere on the way the process dies. */
async function receiveMail(death: Death | null): Promise<{ ground: Ground; steps: readonly string[] }> {
  const ground = createGround(await past)
  const world = startProcess(ground, death)
  ground.deliver.to = async (request) => {
    try {
      return await world.receivePush(request)
    } catch {
      return new Response(null, { status: 503 })
    }
  }
  for (const subject of mails) ground.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject, text: 'x' })
  await workUntilDeath(world)
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
  const world = startProcess(ground, death)
  await workUntilDeath(world)
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
