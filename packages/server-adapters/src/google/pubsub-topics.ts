import type { PubSubGateway } from '@tenantry/sdk/ports'
import { nullWhenMissing } from './null-when-missing.ts'
import { getPolicy, setPolicy } from './pubsub-policies.ts'
import type { PubSubCall } from './pubsub-call.ts'
import { done, heldPermissions, topic } from './pubsub-answers.ts'
import { resourcePath } from './resource-path.ts'

type TopicCalls = Pick<
  PubSubGateway,
  'getTopic' | 'createTopic' | 'deleteTopic' | 'getTopicPolicy' | 'setTopicPolicy' | 'testTopicPermissions'
>

/** Topics. Source: cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics. */
export function createTopicCalls(call: PubSubCall, endpoint: string): TopicCalls {
  const address = (name: string): string => endpoint + resourcePath('topics', name)
  return {
    async getTopic(key, name) {
      const operation = 'pubsub.topics.get'
      return nullWhenMissing(operation, call(key, { operation, method: 'GET', url: address(name) }, topic))
    },

    async createTopic(key, name, labels) {
      await call(key, { operation: 'pubsub.topics.create', method: 'PUT', url: address(name), body: { labels } }, topic)
    },

    async deleteTopic(key, name) {
      const operation = 'pubsub.topics.delete'
      await nullWhenMissing(operation, call(key, { operation, method: 'DELETE', url: address(name) }, done))
    },

    getTopicPolicy: async (key, name) => getPolicy(call, key, 'pubsub.topics.getIamPolicy', address(name)),

    setTopicPolicy: async (key, name, changed) => setPolicy(call, key, 'pubsub.topics.setIamPolicy', address(name), changed),

    async testTopicPermissions(key, name, permissions) {
      const url = `${address(name)}:testIamPermissions`
      const body = { permissions }
      const held = await call(key, { operation: 'pubsub.topics.testIamPermissions', method: 'POST', url, body }, heldPermissions)
      return permissions.filter((permission) => held.permissions.includes(permission))
    },
  }
}
