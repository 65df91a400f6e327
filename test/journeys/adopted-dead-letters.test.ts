import { describe, expect, it } from 'vitest'
import { changesFor, connectGmail, createGoogleApp, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createWorld } from './create-world.ts'
import { adminOf, emailOf, manualTopic } from './pubsub-console.ts'
import { provisioning } from './watching.ts'

describe('a subscription that the tenant made, with dead letters of its own', () => {
  it('is as it should be, and not told to be otherwise for ever', async () => {
    const world = createWorld()
    const setup = await createGoogleApp(world)
    await world.sdk.google.save({ principal, changes: changesFor(setup) })
    const names = (await provisioning(world))?.names
    if (!names) throw new Error('nothing has a name yet')
    const { key, pubsub } = await adminOf(world, setup)
    await manualTopic(pubsub, key, setup.projectId, names.topic.split('/').at(-1) ?? '')
    const topic = `projects/${setup.projectId}/topics/their-dead-letters`
    await pubsub.createTopic(key, topic, {})
    const { subscription: name, endpoint: pushEndpoint, audience } = names
    const deadLetter = { topic, maxDeliveryAttempts: 7 }
    await pubsub.createSubscription(key, {
      name,
      topic: names.topic,
      pushEndpoint,
      audience,
      signer: emailOf(setup),
      labels: {},
      deadLetter,
    })
    await connectGmail(world)
    expect(await pubsub.getSubscription(key, name)).toMatchObject({ deadLetter })
    const { checks } = await world.sdk.google.test({ principal, checks: ['subscription'] })
    expect(checks.at(-1)).toMatchObject({ id: 'subscription', status: 'pass', facts: { deadLetterTopic: topic } })
  })
})
