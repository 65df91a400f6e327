import { describe, expect, it } from 'vitest'
import { publisher, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

export function describeTopics(bench: Bench): void {
  describe('Pub/Sub topics', () => {
    it('are created once with their labels, and there is null where there is none', async () => {
      const name = bench.newName('topics')
      const labels = { 'managed-by': 'tenantry' }
      expect(await bench.gateway.pubsub.getTopic(bench.key, name)).toBeNull()
      await bench.gateway.pubsub.createTopic(bench.key, name, labels)
      expect(await bench.gateway.pubsub.getTopic(bench.key, name)).toEqual({ name, labels })
      expect(await bench.askPubSub('GET', name)).toEqual({ status: 200, body: { name, labels } })
      expect(await refusal(bench.gateway.pubsub.createTopic(bench.key, name, {}))).toMatchObject({
        operation: 'pubsub.topics.create',
        httpStatus: 409,
        reason: 'ALREADY_EXISTS',
      })
      expect(await bench.gateway.pubsub.getTopic(bench.key, name)).toEqual({ name, labels })
    })

    it('need no labels', async () => {
      const name = bench.newName('topics')
      await bench.gateway.pubsub.createTopic(bench.key, name, {})
      expect(await bench.gateway.pubsub.getTopic(bench.key, name)).toEqual({ name, labels: {} })
    })

    it('are deleted, also when they are gone, and only with the right to', async () => {
      const name = await bench.openTopic()
      const reader = await bench.createKey({ roles: ['roles/pubsub.viewer'] })
      expect(await refusal(bench.gateway.pubsub.deleteTopic(reader, name))).toMatchObject({ httpStatus: 403 })
      expect((await bench.askPubSub('GET', name)).status).toBe(200)
      await bench.gateway.pubsub.deleteTopic(bench.key, name)
      expect((await bench.askPubSub('GET', name)).status).toBe(404)
      await bench.gateway.pubsub.deleteTopic(bench.key, name)
    })

    it('have a policy that changes only with the etag that was read last', async () => {
      const topic = await bench.openTopic()
      const read = await bench.gateway.pubsub.getTopicPolicy(bench.key, topic)
      expect(read.bindings).toEqual([publisher])
      const other = { role: 'roles/pubsub.viewer', members: ['user:dana@acme.test'] }
      await bench.gateway.pubsub.setTopicPolicy(bench.key, topic, { ...read, bindings: [publisher, other] })
      expect((await bench.gateway.pubsub.getTopicPolicy(bench.key, topic)).bindings).toEqual([publisher, other])
      expect(await refusal(bench.gateway.pubsub.setTopicPolicy(bench.key, topic, { ...read, bindings: [] }))).toMatchObject({
        httpStatus: 409,
        reason: 'ABORTED',
      })
      expect((await bench.askPubSub('GET', `${topic}:getIamPolicy`)).body).toMatchObject({ bindings: [publisher, other] })
    })

    it('keep the conditions in their policy, although it is read and written back', async () => {
      const topic = await bench.openTopic()
      const condition = { title: 'until spring', expression: 'request.time < timestamp("2027-03-01T00:00:00Z")' }
      const bindings = [publisher, { role: 'roles/pubsub.viewer', members: ['user:dana@acme.test'], condition }]
      await bench.askPubSub('POST', `${topic}:setIamPolicy`, { policy: { version: 3, bindings } })
      const read = await bench.gateway.pubsub.getTopicPolicy(bench.key, topic)
      expect(read).toMatchObject({ version: 3, bindings })
      await bench.gateway.pubsub.setTopicPolicy(bench.key, topic, read)
      const raw = await bench.askPubSub('GET', `${topic}:getIamPolicy?options.requestedPolicyVersion=3`)
      expect(raw.body).toMatchObject({ version: 3, bindings })
    })

    it('tell which of the asked permissions a key has', async () => {
      const topic = await bench.openTopic()
      const asked = ['pubsub.topics.setIamPolicy', 'pubsub.topics.get', 'pubsub.topics.attachSubscription']
      expect(await bench.gateway.pubsub.testTopicPermissions(bench.key, topic, asked)).toEqual(asked)
      const reader = await bench.createKey({ permissions: ['pubsub.topics.get', 'pubsub.topics.list'] })
      expect(await bench.gateway.pubsub.testTopicPermissions(reader, topic, asked)).toEqual(['pubsub.topics.get'])
      expect(await bench.gateway.pubsub.testTopicPermissions(await bench.createKey({ roles: [] }), topic, asked)).toEqual([])
      expect(await bench.gateway.pubsub.testTopicPermissions(bench.key, bench.newName('topics'), asked)).toEqual([])
    })
  })
}
