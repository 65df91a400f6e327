import { describe, expect, it } from 'vitest'
import type { PubSubSubscription, WantedSubscription } from '../../../ports/index.ts'
import { refusal } from './bench.ts'
import type { Bench } from './bench.ts'

/** What no wanted subscription chooses. */
const delivery = { ackDeadlineSeconds: 60, neverExpires: true, hasRetryPolicy: true }

export function describeSubscriptions(bench: Bench): void {
  describe('Pub/Sub subscriptions', () => {
    const pushEndpoint = 'https://app.example.com/api/email/webhooks/google/EXAMPLE'
    const want = async (change: Partial<WantedSubscription> = {}): Promise<WantedSubscription> => ({
      name: bench.newName('subscriptions'),
      topic: await bench.openTopic(),
      pushEndpoint,
      audience: pushEndpoint,
      signer: bench.key.client_email,
      labels: { 'managed-by': 'tenantry' },
      deadLetter: null,
      ...change,
    })
    const open = async (change: Partial<WantedSubscription> = {}): Promise<WantedSubscription> => {
      const wanted = await want(change)
      await bench.gateway.pubsub.createSubscription(bench.key, wanted)
      return wanted
    }
    const read = (name: string): Promise<PubSubSubscription | null> => bench.gateway.pubsub.getSubscription(bench.key, name)

    it('are created as they should be, once, and read back', async () => {
      const deadLetter = { topic: await bench.openTopic(), maxDeliveryAttempts: 7 }
      const wanted = await want({ deadLetter })
      expect(await read(wanted.name)).toBeNull()
      await bench.gateway.pubsub.createSubscription(bench.key, wanted)
      expect(await read(wanted.name)).toEqual({ ...wanted, ...delivery })
      expect((await bench.askPubSub('GET', wanted.name)).body).toMatchObject({
        name: wanted.name,
        topic: wanted.topic,
        pushConfig: { pushEndpoint, oidcToken: { serviceAccountEmail: wanted.signer, audience: pushEndpoint } },
        ackDeadlineSeconds: 60,
        messageRetentionDuration: '604800s',
        expirationPolicy: {},
        retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
        deadLetterPolicy: { deadLetterTopic: deadLetter.topic, maxDeliveryAttempts: 7 },
        labels: wanted.labels,
      })
      expect(await refusal(bench.gateway.pubsub.createSubscription(bench.key, wanted))).toMatchObject({
        operation: 'pubsub.subscriptions.create',
        httpStatus: 409,
        reason: 'ALREADY_EXISTS',
      })
    })

    it('of a topic or with dead letters that do not exist are refused', async () => {
      const gone = bench.newName('topics')
      expect(await refusal(open({ topic: gone }))).toMatchObject({ httpStatus: 404 })
      expect(await refusal(open({ deadLetter: { topic: gone, maxDeliveryAttempts: 5 } }))).toMatchObject({ httpStatus: 404 })
      const topic = await bench.openTopic()
      expect(await refusal(open({ deadLetter: { topic, maxDeliveryAttempts: 3 } }))).toMatchObject({ httpStatus: 400 })
    })

    it('show what somebody changed, and are repaired without touching topic and push', async () => {
      const wanted = await want({ deadLetter: { topic: await bench.openTopic(), maxDeliveryAttempts: 5 } })
      const elsewhere = 'https://elsewhere.example.com/push'
      await bench.askPubSub('PUT', wanted.name, {
        topic: wanted.topic,
        pushConfig: { pushEndpoint: elsewhere, oidcToken: { serviceAccountEmail: wanted.signer, audience: elsewhere } },
        ackDeadlineSeconds: 10,
        labels: { 'made-by': 'dana' },
      })
      const drifted = { pushEndpoint: elsewhere, audience: elsewhere, signer: wanted.signer, name: wanted.name, topic: wanted.topic }
      expect(await read(wanted.name)).toEqual({
        ...drifted,
        labels: { 'made-by': 'dana' },
        ackDeadlineSeconds: 10,
        neverExpires: false,
        hasRetryPolicy: false,
        deadLetter: null,
      })
      await bench.gateway.pubsub.repairSubscription(bench.key, wanted)
      expect(await read(wanted.name)).toEqual({ ...wanted, ...drifted, ...delivery })
      expect((await bench.askPubSub('GET', wanted.name)).body).toMatchObject({
        messageRetentionDuration: '604800s',
        expirationPolicy: {},
        retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
      })
      await bench.gateway.pubsub.repairSubscription(bench.key, { ...wanted, deadLetter: null })
      expect(await read(wanted.name)).toEqual({ ...wanted, ...drifted, ...delivery, deadLetter: null })
      const gone = { ...wanted, name: bench.newName('subscriptions') }
      expect(await refusal(bench.gateway.pubsub.repairSubscription(bench.key, gone))).toMatchObject({ httpStatus: 404 })
    })

    it('move their push, stop it, and keep all the rest', async () => {
      const wanted = await open()
      const moved = { ...wanted, pushEndpoint: `${pushEndpoint}2`, audience: 'another audience' }
      await bench.gateway.pubsub.modifyPush(bench.key, moved)
      expect(await read(wanted.name)).toEqual({ ...moved, ...delivery })
      const pulled = { ...wanted, pushEndpoint: null, audience: null, signer: null }
      await bench.gateway.pubsub.modifyPush(bench.key, pulled)
      expect(await read(wanted.name)).toEqual({ ...pulled, ...delivery })
      await bench.gateway.pubsub.modifyPush(bench.key, wanted)
      expect(await read(wanted.name)).toEqual({ ...wanted, ...delivery })
    })

    it('outlive their topic, and say so', async () => {
      const { name, topic } = await open()
      await bench.gateway.pubsub.deleteTopic(bench.key, topic)
      expect(await read(name)).toMatchObject({ topic: '_deleted-topic_', pushEndpoint })
    })

    it('are deleted, also when they are gone, and only with the right to', async () => {
      const { name } = await open()
      const reader = await bench.createKey({ roles: ['roles/pubsub.viewer'] })
      expect(await refusal(bench.gateway.pubsub.deleteSubscription(reader, name))).toMatchObject({ httpStatus: 403 })
      expect((await bench.askPubSub('GET', name)).status).toBe(200)
      await bench.gateway.pubsub.deleteSubscription(bench.key, name)
      expect((await bench.askPubSub('GET', name)).status).toBe(404)
      await bench.gateway.pubsub.deleteSubscription(bench.key, name)
    })

    it('have a policy that changes only with the etag that was read last', async () => {
      const { name } = await open()
      const policy = await bench.gateway.pubsub.getSubscriptionPolicy(bench.key, name)
      const bindings = [{ role: 'roles/pubsub.subscriber', members: ['user:dana@acme.test'] }]
      await bench.gateway.pubsub.setSubscriptionPolicy(bench.key, name, { ...policy, bindings })
      expect((await bench.gateway.pubsub.getSubscriptionPolicy(bench.key, name)).bindings).toEqual(bindings)
      const late = bench.gateway.pubsub.setSubscriptionPolicy(bench.key, name, { ...policy, bindings: [] })
      expect(await refusal(late)).toMatchObject({ httpStatus: 409, reason: 'ABORTED' })
      expect((await bench.askPubSub('GET', `${name}:getIamPolicy`)).body).toMatchObject({ bindings })
      const gone = bench.gateway.pubsub.getSubscriptionPolicy(bench.key, bench.newName('subscriptions'))
      expect(await refusal(gone)).toMatchObject({ operation: 'pubsub.subscriptions.getIamPolicy', httpStatus: 404 })
    })

    it('can be made with these permissions and no other', async () => {
      const key = await bench.createKey({
        permissions: [
          'pubsub.topics.create',
          'pubsub.topics.get',
          'pubsub.topics.getIamPolicy',
          'pubsub.topics.setIamPolicy',
          'pubsub.topics.attachSubscription',
          'pubsub.subscriptions.create',
          'pubsub.subscriptions.get',
          'pubsub.subscriptions.update',
          'iam.serviceAccounts.actAs',
        ],
      })
      const topic = bench.newName('topics')
      const { pubsub } = bench.gateway
      await pubsub.createTopic(key, topic, {})
      await pubsub.setTopicPolicy(key, topic, await pubsub.getTopicPolicy(key, topic))
      const wanted = await want({ topic, signer: key.client_email })
      await pubsub.createSubscription(key, wanted)
      await pubsub.repairSubscription(key, wanted)
      await pubsub.modifyPush(key, wanted)
      expect(await pubsub.getSubscription(key, wanted.name)).toEqual({ ...wanted, ...delivery })
      expect(await refusal(pubsub.deleteSubscription(key, wanted.name))).toMatchObject({ httpStatus: 403 })
      expect(await refusal(pubsub.deleteTopic(key, topic))).toMatchObject({ httpStatus: 403 })
    })
  })
}
