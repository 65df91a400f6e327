import { describe, expect, it } from 'vitest'
import { changesFor, connectGmail, createGoogleApp, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createWorld } from '../create-world.ts'
import { codeOf } from '../expectations.ts'
import { adminOf, grantGmail, publish } from '../pubsub-console.ts'
import { calls, health, hour, mail, pass, provisioning, stepsOf, subjects } from '../watching.ts'

async function connected() {
  const world = createWorld()
  const setup = await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  return { world, setup, connectionId }
}

describe('S15 by hand, by polling, by fetching', () => {
  it('manual: adopts what is ours, pins the tenant’s account, and is proven by what arrives', async () => {
    const { world, setup, connectionId } = await connected()
    const { subscriptions: before } = world.sandbox.snapshot()
    await world.sdk.google.save({ principal, changes: { notifications: 'manual', serviceAccountKey: { action: 'remove' } } })
    world.sandbox.clearRequests()
    await world.settle()
    expect(calls(world, /^pubsub\./)).toEqual([])
    // Nobody has run the script yet: what the old account signs is still taken. Gmail announces once a second at most.
    await pass(world, 2_000)
    world.sandbox.google.deliverMail('support@acme.test', mail('before the script'))
    await world.settle()
    expect(subjects(world)).toEqual(['before the script'])
    const { key, pubsub } = await adminOf(world, setup)
    const account = await world.sandbox.google.createServiceAccount({ projectId: setup.projectId, name: 'tenantry-push', roles: [] })
    const [mine] = before
    const found = await pubsub.getSubscription(key, mine?.name ?? '')
    if (found === null) throw new Error('the subscription is gone')
    await pubsub.modifyPush(key, { ...found, signer: account.email })
    await pass(world, 2_000)
    world.sandbox.google.deliverMail('support@acme.test', mail('after the script'))
    await world.settle()
    expect(subjects(world)).toEqual(['before the script', 'after the script'])
    expect(world.sandbox.deliveries.filter(({ status }) => status !== 204)).toEqual([])
    expect(await stepsOf(world)).toEqual({
      topic: 'already_there',
      publisher: 'already_there',
      subscription: 'already_there',
      watch: 'done',
    })
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    const names = (await provisioning(world))?.names
    expect(names).toMatchObject({ subscription: mine?.name, pushServiceAccount: account.email })
  })

  it('manual, from the start: each missing piece is named, and heals when it is there', async () => {
    const world = createWorld()
    const setup = await createGoogleApp(world)
    const { serviceAccountKey: _, ...changes } = changesFor(setup)
    await world.sdk.google.save({ principal, changes: { ...changes, notifications: 'manual' } })
    const connectionId = await connectGmail(world)
    expect(await health(world, connectionId)).toMatchObject({ delivery: 'polling' })
    expect(await stepsOf(world)).toMatchObject({ topic: 'pubsub_topic_missing', publisher: 'waiting', subscription: 'waiting' })
    const { key, pubsub } = await adminOf(world, setup)
    const names = (await provisioning(world))?.names
    await pubsub.createTopic(key, names?.topic ?? '', {})
    await pass(world, hour)
    expect(await stepsOf(world)).toMatchObject({ publisher: 'pubsub_publisher_missing', subscription: 'waiting' })
    await grantGmail(pubsub, key, names?.topic ?? '')
    const account = await world.sandbox.google.createServiceAccount({ projectId: setup.projectId, name: 'tenantry-push', roles: [] })
    expect(account.email).toBe(names?.pushServiceAccount)
    await pubsub.createSubscription(key, {
      name: names?.subscription ?? '',
      topic: names?.topic ?? '',
      pushEndpoint: names?.endpoint ?? '',
      audience: names?.audience ?? '',
      signer: account.email,
      labels: {},
      deadLetter: null,
    })
    await pass(world, hour)
    expect(await stepsOf(world)).toEqual({
      topic: 'already_there',
      publisher: 'already_there',
      subscription: 'already_there',
      watch: 'done',
    })
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
  })

  it('polling: asks Pub/Sub nothing, and a change of mind in either direction loses nothing', async () => {
    const world = createWorld()
    await setUpGoogle(world, { notifications: 'polling' })
    const connectionId = await connectGmail(world)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'polling', deliveryReason: 'polling_chosen' })
    expect(calls(world, /^pubsub\./)).toEqual([])
    expect(await provisioning(world)).toMatchObject({ state: 'idle', steps: [] })
    const modes = ['managed', 'polling', 'managed'] as const
    for (const notifications of modes) {
      world.sandbox.google.deliverMail('support@acme.test', mail(`before ${notifications}`))
      await world.sdk.google.save({ principal, changes: { notifications } })
      world.sandbox.google.deliverMail('support@acme.test', mail(`after ${notifications}`))
      await pass(world, 2 * 60_000)
    }
    expect(subjects(world).toSorted()).toEqual(modes.flatMap((mode) => [`before ${mode}`, `after ${mode}`]).toSorted())
    expect(await health(world, connectionId)).toMatchObject({ delivery: 'push' })
  })

  it('fetching: no address needed, unreadable ones are acknowledged and counted, a deleted subscription comes back', async () => {
    const world = createWorld({ baseUrl: 'http://localhost:3000', gmail: { notify: 'pull' } })
    const setup = await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
    expect(world.sandbox.snapshot().subscriptions).toMatchObject([{ pushConfig: null }])
    world.sandbox.google.deliverMail('support@acme.test', mail('fetched'))
    await pass(world, 10_000)
    expect(subjects(world)).toEqual(['fetched'])
    expect(world.sandbox.deliveries).toEqual([])
    const { key, pubsub } = await adminOf(world, setup)
    const { names } = (await provisioning(world)) ?? {}
    await publish(world, setup, names?.topic ?? '', ['not json', '{"tenantry":"test"}'])
    await pass(world, 10_000)
    expect(world.sandbox.snapshot().subscriptions[0]?.messages).toEqual([])
    expect(await provisioning(world)).toMatchObject({
      malformed: 1,
      transport: 'pull',
      lastReceivedAt: new Date(world.sandbox.clock.now()).toISOString(),
    })
    await pubsub.deleteSubscription(key, names?.subscription ?? '')
    await pass(world, 10_000)
    expect(world.sandbox.snapshot().subscriptions).toHaveLength(1)
  })

  it('fetching needs the key, so by hand there is only polling', async () => {
    const world = createWorld({ gmail: { notify: 'pull' } })
    await setUpGoogle(world)
    await world.sdk.google.save({ principal, changes: { notifications: 'manual' } })
    const connectionId = await connectGmail(world)
    expect(await health(world, connectionId)).toMatchObject({ delivery: 'polling', deliveryReason: 'push_not_possible' })
  })

  it('a test is asked of Gmail, moves no cursor, and is acknowledged when it comes by command', async () => {
    const { world, setup, connectionId } = await connected()
    const { cursor } = (await world.store.syncStates.get('acme', connectionId)) ?? {}
    await world.sandbox.clock.advance(60_000)
    const pushes = world.sandbox.deliveries.length
    const { sent, command, requestedAt } = await world.sdk.google.testNotification({ principal })
    expect([sent, requestedAt]).toEqual([true, new Date(world.sandbox.clock.now()).toISOString()])
    const { names } = (await provisioning(world)) ?? {}
    const topic = names?.topic.split('/').at(-1)
    expect(command).toBe(`gcloud pubsub topics publish '${topic}' --project='${setup.projectId}' --message='{"tenantry":"test"}'`)
    await world.settle()
    expect(world.sandbox.deliveries.length).toBe(pushes + 1)
    expect((await world.store.syncStates.get('acme', connectionId))?.cursor).toBe(cursor)
    await publish(world, setup, names?.topic ?? '', ['{"tenantry":"test"}'])
    await world.sandbox.settled()
    expect(world.sandbox.deliveries.at(-1)).toMatchObject({ status: 204 })
    expect(await provisioning(world)).toMatchObject({ malformed: 0 })
  })

  it('a test without a mailbox is for somebody to run', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    expect(await world.sdk.google.testNotification({ principal })).toMatchObject({
      sent: false,
      command: expect.stringContaining('gcloud'),
    })
    expect(await codeOf(createWorld().sdk.google.testNotification({ principal }))).toBe('google_not_configured')
  })
})
