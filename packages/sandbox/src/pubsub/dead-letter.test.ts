import { describe, expect, it } from 'vitest'
import { startPipe } from '../testing/start-pipe.ts'
import { json } from '../testing/start-tenant.ts'

interface Pulled {
  receivedMessages?: { ackId: string; deliveryAttempt?: number; message: { data: string; attributes: Record<string, string> } }[]
}

async function startDeadLetters(options: { grants?: ('topic' | 'subscription')[]; condition?: object; attempts?: number } = {}) {
  const pipe = await startPipe({ receive: () => new Response(null, { status: 500 }) })
  const { call, names, project, grant, provision } = pipe
  const { grants = ['topic', 'subscription'], condition, attempts = 5 } = options
  await call('PUT', 'topics/dead', {})
  await call('PUT', 'subscriptions/dead', { topic: names.dead })
  const members = [`serviceAccount:service-${project.number}@gcp-sa-pubsub.iam.gserviceaccount.com`]
  await provision({ deadLetterPolicy: { deadLetterTopic: names.dead, maxDeliveryAttempts: attempts } })
  if (grants.includes('topic')) await grant('topics/dead', { role: 'roles/pubsub.publisher', members, ...(condition && { condition }) })
  if (grants.includes('subscription')) await grant('subscriptions/mail', { role: 'roles/pubsub.subscriber', members })
  const pull = async (name: string) =>
    (await json<Pulled>(await call('POST', `subscriptions/${name}:pull`, { maxMessages: 10 }))).receivedMessages ?? []
  const publish = async () => {
    await call('POST', 'topics/mail:publish', { messages: [{ data: btoa('poison'), attributes: { a: 'b' } }] })
    await pipe.sandbox.settled()
  }
  return { ...pipe, pull, publish }
}

describe('dead letters', () => {
  it('are forwarded after as many refusals as the policy says, and each push counts them', async () => {
    const { sandbox, publish, pull, received, names } = await startDeadLetters()
    await publish()
    await sandbox.clock.advance(600_000)
    expect(received.map(({ body }) => body.deliveryAttempt)).toEqual([1, 2, 3, 4, 5])
    const [dead] = await pull('dead')
    expect(atob(dead?.message.data ?? '')).toBe('poison')
    expect(dead?.message.attributes).toEqual({
      a: 'b',
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
      CloudPubSubDeadLetterSourceSubscription: 'mail',
      CloudPubSubDeadLetterSourceSubscriptionProject: names.topic.split('/')[1],
      CloudPubSubDeadLetterSourceTopicPublishTime: expect.any(String),
    })
    expect(dead).not.toHaveProperty('deliveryAttempt')
    await sandbox.clock.advance(600_000)
    expect(received).toHaveLength(5)
  })

  it.each([
    ['publish to the dead topic', { grants: ['subscription' as const] }],
    ['acknowledge the subscription', { grants: ['topic' as const] }],
    ['publish without a condition', { condition: { title: 'office hours', expression: 'request.time.getHours() < 17' } }],
  ])('stay where they are while Pub/Sub’s own account may not %s', async (_, options) => {
    const { sandbox, publish, pull, received } = await startDeadLetters(options)
    await publish()
    await sandbox.clock.advance(600_000)
    expect(received.length).toBeGreaterThan(6)
    expect(await pull('dead')).toEqual([])
  })

  it('come from a pulled subscription when leases run out', async () => {
    const { sandbox, call, publish, pull } = await startDeadLetters()
    await call('POST', 'subscriptions/mail:modifyPushConfig', { pushConfig: {} })
    await publish()
    const attempts = []
    for (let turn = 0; turn < 6; turn += 1) {
      attempts.push((await pull('mail')).map(({ deliveryAttempt }) => deliveryAttempt))
      await sandbox.clock.advance(30_000)
    }
    expect(attempts).toEqual([[1], [2], [3], [4], [5], []])
    expect(await pull('dead')).toHaveLength(1)
  })

  it.each([
    [{ maxDeliveryAttempts: 4 }, 400],
    [{ maxDeliveryAttempts: 101 }, 400],
    [{ deadLetterTopic: 'dead' }, 400],
    [{ deadLetterTopic: undefined }, 400],
    [{ deadLetterTopic: 'projects/quiet-harbor-1/topics/none' }, 404],
  ])('need a policy that makes sense: %j is refused', async (change, status) => {
    const { call, names } = await startPipe()
    for (const name of ['mail', 'dead']) await call('PUT', `topics/${name}`, {})
    const deadLetterPolicy = { deadLetterTopic: names.dead, maxDeliveryAttempts: 5, ...change }
    expect((await call('PUT', 'subscriptions/mail', { topic: names.topic, deadLetterPolicy })).status).toBe(status)
    await call('PUT', 'subscriptions/mail', { topic: names.topic })
    const patch = { subscription: { deadLetterPolicy }, updateMask: 'deadLetterPolicy' }
    expect((await call('PATCH', 'subscriptions/mail', patch)).status).toBe(status)
    expect(await json(await call('GET', 'subscriptions/mail'))).not.toHaveProperty('deadLetterPolicy')
  })

  it('have a policy that is shown, has a default, and can be taken away', async () => {
    const { call, names } = await startPipe()
    for (const name of ['mail', 'dead']) await call('PUT', `topics/${name}`, {})
    await call('PUT', 'subscriptions/mail', { topic: names.topic, deadLetterPolicy: { deadLetterTopic: names.dead } })
    expect(await json(await call('GET', 'subscriptions/mail'))).toMatchObject({
      deadLetterPolicy: { deadLetterTopic: names.dead, maxDeliveryAttempts: 5 },
    })
    await call('PATCH', 'subscriptions/mail', { subscription: {}, updateMask: 'deadLetterPolicy' })
    expect(await json(await call('GET', 'subscriptions/mail'))).not.toHaveProperty('deadLetterPolicy')
  })
})
