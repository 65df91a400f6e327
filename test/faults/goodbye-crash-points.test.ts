import { connectCalendar, connectGmail, createMemorySecrets, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import { createGround, startProcess, untilDeath } from './ground.ts'
import type { Ground, Process } from './ground.ts'
import type { Death } from './mortal.ts'

const minute = 60_000
const address = 'dana@acme.test'
const google = { tenantId: 'acme', name: 'google' } as const

/** A mailbox and a calendar on one sign-in, with their pipes. */
const past = (async () => {
  const ground = createGround()
  ground.sandbox.google.createAccount({ address, seed: false })
  const world = startProcess(ground, {}, null)
  await setUpGoogle(world)
  await connectGmail(world, { address })
  await connectCalendar(world, { address })
  return ground
})()

/** A future of its own, with secrets of its own. */
async function begin(): Promise<Ground> {
  const before = await past
  const secrets = createMemorySecrets({ now: () => before.sandbox.clock.now() })
  const stored = await before.secrets.get(google)
  if (stored !== null) await secrets.put(google, stored.value, 'absent')
  return { ...createGround(before), secrets }
}

const idsOf = async ({ store }: Ground) => (await store.connections.list('acme')).map(({ id }) => id)

type Goodbye = (world: Process, ground: Ground) => Promise<void>

const disconnectBoth: Goodbye = async ({ sdk }, ground) => {
  for (const connectionId of await idsOf(ground)) {
    const { status } = (await ground.store.connections.get('acme', connectionId)) ?? {}
    if (status !== 'disconnected') await sdk.connections.disconnect({ principal, connectionId })
  }
}

const reset: Goodbye = async ({ sdk }) => {
  await sdk.google.reset({ principal, credentials: 'delete' })
}

const deleteTenant: Goodbye = async ({ sdk }) => {
  await sdk.tenants.delete({ tenantId: 'acme' })
}

/** What is left here and at Google. */
async function leftOf({ store, sandbox, secrets }: Ground): Promise<Record<string, unknown>> {
  const { watches, channels, topics, subscriptions } = sandbox.snapshot()
  const open = channels.filter(({ expiresAt }) => expiresAt > sandbox.clock.now())
  return {
    statuses: (await store.connections.list('acme')).map(({ status }) => status),
    tokens: store.rows('tokens').length,
    tasks: store.rows('tasks').length,
    held: store.rows('goodbyes').filter((row) => (row as { sealed: string | null }).sealed !== null).length,
    dataKeys: store.rows('dataKeys').filter((row) => (row as { tenantId: string }).tenantId === 'acme').length,
    google: [watches.length, open.length, topics.length, subscriptions.length],
    app: (await secrets.get(google)) !== null,
  }
}

/** Another process goes on. A person who got no answer asks again. */
async function heal(ground: Ground, goodbye: Goodbye, again: boolean): Promise<void> {
  const second = startProcess(ground, {}, null)
  if (again) await goodbye(second, ground)
  for (const wait of [1, 1, 4, 6, 31, 31]) {
    await ground.sandbox.clock.advance(wait * minute)
    await second.settle()
  }
}

async function run(ground: Ground, goodbye: Goodbye, death: Death | null): Promise<Process> {
  const world = startProcess(ground, {}, death)
  await untilDeath(world, () => goodbye(world, ground))
  return world
}

describe.each([
  ['disconnecting', disconnectBoth, true],
  ['resetting Google', reset, true],
  ['deleting a tenant, asked again', deleteTenant, true],
  // It goes on by itself, once it has begun.
  ['deleting a tenant', deleteTenant, false],
] as const)('K9 at every step of %s', (_, goodbye, again) => {
  it('leaves the same in the end', async () => {
    const whole = await begin()
    const { steps } = (await run(whole, goodbye, null)).mortal
    await heal(whole, goodbye, false)
    const wanted = await leftOf(whole)
    expect(wanted).toMatchObject({ tokens: 0, tasks: 0, held: 0, google: goodbye === disconnectBoth ? [0, 0, 1, 1] : [0, 0, 0, 0] })
    const wrong: unknown[] = []
    const begun = again ? 0 : steps.indexOf('transaction.committed')
    for (let step = begun + 1; step <= steps.length; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const ground = await begin()
        await run(ground, goodbye, { step, when })
        if (!again && step === begun + 1 && when === 'before') continue
        await heal(ground, goodbye, again)
        const left = await leftOf(ground)
        if (JSON.stringify(left) !== JSON.stringify(wanted)) wrong.push({ step, name: steps[step - 1], when, left })
      }
    }
    expect(wrong.slice(0, 5)).toEqual([])
  }, 600_000)
})
