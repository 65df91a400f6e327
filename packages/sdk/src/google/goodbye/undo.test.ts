import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../../test/journeys/create-world.ts'
import type { World } from '../../../../../test/journeys/create-world.ts'
import { live } from '../../../../../test/journeys/meddling.ts'
import { health, mail, subjects } from '../../../../../test/journeys/watching.ts'
import { changesFor, connectGmail, createGoogleApp, setUpGoogle, testPrincipal as principal } from '../../testing/index.ts'

const minute = 60_000

/** A tenant that reset Google with its app while Pub/Sub deleted nothing. */
async function resetInVain() {
  const world = createWorld()
  const setup = await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  const outage = world.sandbox.faults.add({ operation: /^pubsub\..*delete$/, kind: 'status', status: 503 })
  await world.sdk.google.reset({ principal, credentials: 'delete' })
  return { world, setup, connectionId, outage }
}

/** What there is in a project. */
const namesIn = ({ sandbox }: World, projectId: string) => {
  const { topics, subscriptions } = sandbox.snapshot()
  return [...topics, ...subscriptions].map(({ name }) => name).filter((name) => name.startsWith(`projects/${projectId}/`))
}

const goodbye = async (world: World) => (await world.sdk.google.status({ principal })).goodbye

describe('what a reset could not delete', () => {
  it('is deleted also when another project is set up by then, whose notifications go on', async () => {
    const { world, setup, outage } = await resetInVain()
    const second = await createGoogleApp(world)
    await world.sdk.google.save({ principal, changes: changesFor(second) })
    const connectionId = await connectGmail(world)
    const pinned = await world.store.pushEndpoints.get('acme', 'google')
    outage.remove()
    await live(world, 2 * minute)
    expect(namesIn(world, setup.projectId)).toEqual([])
    expect(await goodbye(world)).toMatchObject({ pending: [], givenUp: [] })
    expect(await world.store.pushEndpoints.get('acme', 'google')).toMatchObject({
      subscription: pinned?.subscription,
      signer: pinned?.signer,
      journal: pinned?.journal,
    })
    world.sandbox.google.deliverMail('support@acme.test', mail('announced'))
    await world.settle()
    expect(subjects(world)).toEqual(['announced'])
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it.each([
    ['is set up again', { notifications: 'managed' }],
    ['is set up again, to be polled', { notifications: 'polling' }],
    ['is set up by hand', { notifications: 'manual', serviceAccountKey: { action: 'remove' } }],
  ] as const)('is kept where the same project %s', async (_, how) => {
    const { world, setup, outage } = await resetInVain()
    const before = namesIn(world, setup.projectId)
    await world.sdk.google.save({ principal, changes: { ...changesFor(setup), ...how } })
    outage.remove()
    await live(world, 2 * minute)
    expect(namesIn(world, setup.projectId)).toEqual(before)
    expect(await goodbye(world)).toMatchObject({ pending: [], givenUp: [] })
  })

  it('is deleted where another topic of the same project is set up by hand', async () => {
    const { world, setup, outage } = await resetInVain()
    const by = { notifications: 'manual', topicName: 'own-topic', serviceAccountKey: { action: 'remove' } } as const
    await world.sdk.google.save({ principal, changes: { ...changesFor(setup), ...by } })
    outage.remove()
    await live(world, 2 * minute)
    expect(namesIn(world, setup.projectId)).toEqual([])
  })
})
