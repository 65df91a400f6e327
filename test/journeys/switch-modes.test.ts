import { describe, expect, it } from 'vitest'
import type { Sandbox } from '@tenantry/sandbox'
import { findPubSubEmulator, startPubSubEmulator, startSandbox } from '@tenantry/sandbox/node'
import { connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import type { World } from './create-world.ts'
import { createGround } from './deployments.ts'
import { eventsOf, live, minute } from './meddling.ts'
import { adminOf, grantGmail } from './pubsub-console.ts'
import { health, mail, provisioning, subjects } from './watching.ts'

const support = 'support@acme.test'

type Way = 'managed' | 'manual' | 'polling' | 'pull'

const notificationsOf = (way: Way) => (way === 'pull' ? 'managed' : way)

/** What the tenant's admin does in the console with our script: everything that a push by hand needs, with an account for it. */
async function runScript(world: World, setup: GoogleSetup, signer: string): Promise<void> {
  const { topic = '', subscription: name = '', endpoint = '', audience = '' } = (await provisioning(world))?.names ?? {}
  const { key, pubsub } = await adminOf(world, setup)
  if ((await pubsub.getTopic(key, topic)) === null) await pubsub.createTopic(key, topic, {})
  await grantGmail(pubsub, key, topic)
  const wanted = { name, topic, pushEndpoint: endpoint, audience, signer, labels: {}, deadLetter: null }
  if ((await pubsub.getSubscription(key, name)) === null) await pubsub.createSubscription(key, wanted)
  else await pubsub.modifyPush(key, wanted)
}

describe('from every way of being notified to every other, with mail every minute', () => {
  // Each ordered pair once.
  const walk: readonly Way[] = [
    'managed',
    'manual',
    'managed',
    'polling',
    'managed',
    'pull',
    'manual',
    'polling',
    'manual',
    'pull',
    'polling',
    'pull',
    'managed',
  ]

  it('loses nothing and doubles nothing, and each way works before the next begins', async () => {
    const pairs = walk.slice(1).map((way, at) => `${walk[at]} to ${way}`)
    expect(new Set(pairs).size).toBe(12)
    const ground = await createGround()
    ground.sandbox.google.createAccount({ address: support })
    ground.sandbox.google.createAccount({ address: 'dana@acme.test' })
    let world = ground.deploy()
    const setup = await setUpGoogle(world)
    const pusher = await ground.sandbox.google.createServiceAccount({ projectId: setup.projectId, name: 'tenantry-push', roles: [] })
    const connectionId = await connectGmail(world)
    const sent: string[] = []
    const seen: [Way, unknown][] = []
    for (const [at, way] of walk.entries()) {
      // The option is the host's, so it changes with a deployment; the rest is the tenant's choice.
      world = ground.deploy({ gmail: { notify: way === 'pull' ? 'pull' : 'push' } })
      const notifications = notificationsOf(way)
      if (notifications !== (await world.sdk.google.status({ principal })).notifications)
        await world.sdk.google.save({ principal, changes: { notifications } })
      for (let passed = 0; passed < 20; passed += 1) {
        const subject = `${at} ${way} ${passed}`
        sent.push(subject)
        ground.sandbox.google.deliverMail(support, mail(subject))
        await live(world, minute, minute / 2)
        // By now the way stands, and no look every 15 minutes had to help.
        if (passed >= 17) expect(subjects(ground)).toContain(subject)
        if (way === 'manual' && passed === 2) {
          await runScript(world, setup, pusher.email)
          await world.sdk.google.provision({ principal })
        }
      }
      const { status, delivery } = await health(world, connectionId)
      seen.push([way, [status, delivery]])
    }
    await live(world, 30 * minute, 5 * minute)
    expect(subjects(ground)).toHaveLength(sent.length)
    expect(subjects(ground).toSorted()).toEqual(sent.toSorted())
    expect(new Set(eventsOf(ground, 'message.received').map(({ id }) => id)).size).toBe(sent.length)
    expect(seen).toEqual(walk.map((way) => [way, ['connected', way === 'polling' ? 'polling' : 'push']]))
    expect(eventsOf(ground, 'connection.item_skipped')).toEqual([])
    expect(eventsOf(ground, 'connection.gap_recovered')).toEqual([])
  }, 60_000)
})

const emulator = await findPubSubEmulator()
const isRequired = process.env['TENANTRY_REQUIRE_REAL'] === '1'
if (emulator === null && !isRequired)
  process.stderr.write('skipped: mail over Google’s Pub/Sub emulator, which is not installed (gcloud components install pubsub-emulator)\n')

describe('over Google’s own Pub/Sub emulator', () => {
  it.skipIf(emulator === null && !isRequired)(
    'mail is pushed, then fetched, then polled, then pushed again: each once',
    async () => {
      const pubsub = await startPubSubEmulator()
      let stop = () => Promise.resolve()
      try {
        const ground = await createGround(async (options): Promise<Sandbox> => {
          const served = await startSandbox({ ...options, port: 0, seed: false, pubsub: { emulator: pubsub.url } })
          stop = served.stop
          return served.sandbox
        })
        ground.sandbox.google.createAccount({ address: support })
        const sent: string[] = []
        /** Google's Pub/Sub has its own time, so it is waited for; ours stands still, and nothing is found by looking. */
        const arrives = async (world: World, subject: string, step: () => Promise<void> = () => Promise.resolve()) => {
          sent.push(subject)
          ground.sandbox.google.deliverMail(support, mail(subject))
          const look = async () => {
            await step()
            await world.settle()
            return subjects(ground)
          }
          await expect.poll(look, { timeout: 20_000, interval: 50 }).toContain(subject)
        }
        let world = ground.deploy()
        await setUpGoogle(world)
        const connectionId = await connectGmail(world)
        for (const subject of ['pushed 1', 'pushed 2']) {
          // Gmail announces once a second at most.
          await ground.sandbox.clock.advance(2_000)
          await arrives(world, subject)
        }
        expect(ground.sandbox.deliveries.filter(({ kind, status }) => kind === 'pubsub' && status === 204).length).toBeGreaterThan(1)

        world = ground.deploy({ gmail: { notify: 'pull' } })
        await live(world, 16 * minute, 4 * minute)
        const pushed = ground.sandbox.deliveries.length
        expect(ground.sandbox.snapshot().subscriptions).toMatchObject([{ pushConfig: null }])
        const fetching = () => ground.sandbox.clock.advance(10_000)
        await arrives(world, 'fetched 1', fetching)
        await arrives(world, 'fetched 2', fetching)
        expect(ground.sandbox.deliveries.length).toBe(pushed)
        expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })

        await world.sdk.google.save({ principal, changes: { notifications: 'polling' } })
        await world.settle()
        await arrives(world, 'polled', () => ground.sandbox.clock.advance(minute))

        world = ground.deploy()
        await world.sdk.google.save({ principal, changes: { notifications: 'managed' } })
        await world.settle()
        await ground.sandbox.clock.advance(2_000)
        await arrives(world, 'pushed again')
        expect(ground.sandbox.deliveries.length).toBeGreaterThan(pushed)
        await live(world, 30 * minute, 5 * minute)
        expect(subjects(ground)).toEqual(sent)
        expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
      } finally {
        await stop()
        await pubsub.stop()
      }
    },
    120_000,
  )
})
