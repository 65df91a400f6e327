import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { PubSubGateway } from '@tenantry/sdk/ports'
import { decodeBase64 } from './decode-base64.ts'
import { readSubscription, repairMask, writeDelivery, writePush } from './describe-subscription.ts'
import { nullWhenMissing } from './null-when-missing.ts'
import { getPolicy, setPolicy } from './pubsub-policies.ts'
import type { PubSubCall } from './pubsub-call.ts'
import { done, pulled, subscription } from './pubsub-answers.ts'
import { resourcePath } from './resource-path.ts'

type SubscriptionCalls = Omit<
  PubSubGateway,
  'getTopic' | 'createTopic' | 'deleteTopic' | 'getTopicPolicy' | 'setTopicPolicy' | 'testTopicPermissions' | 'checkKey'
>

/** A page of messages: Pub/Sub's own limit for one is 10 MB, ours are hints of a few hundred bytes. */
const pullCap = 16 * 1024 * 1024

/** Subscriptions. Source: cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions. */
export function createSubscriptionCalls(call: PubSubCall, endpoint: string): SubscriptionCalls {
  const address = (name: string): string => endpoint + resourcePath('subscriptions', name)
  return {
    async getSubscription(key, name) {
      const operation = 'pubsub.subscriptions.get'
      const found = await nullWhenMissing(operation, call(key, { operation, method: 'GET', url: address(name) }, subscription))
      return found === null ? null : readSubscription(found)
    },

    async createSubscription(key, wanted) {
      resourcePath('topics', wanted.topic)
      const body = { topic: wanted.topic, ...writeDelivery(wanted), pushConfig: writePush(wanted) }
      await call(key, { operation: 'pubsub.subscriptions.create', method: 'PUT', url: address(wanted.name), body }, subscription)
    },

    async repairSubscription(key, wanted) {
      const body = { subscription: { name: wanted.name, ...writeDelivery(wanted) }, updateMask: repairMask }
      await call(key, { operation: 'pubsub.subscriptions.patch', method: 'PATCH', url: address(wanted.name), body }, subscription)
    },

    async modifyPush(key, wanted) {
      const url = `${address(wanted.name)}:modifyPushConfig`
      const body = { pushConfig: writePush(wanted) }
      await call(key, { operation: 'pubsub.subscriptions.modifyPushConfig', method: 'POST', url, body }, done)
    },

    async deleteSubscription(key, name) {
      const operation = 'pubsub.subscriptions.delete'
      await nullWhenMissing(operation, call(key, { operation, method: 'DELETE', url: address(name) }, done))
    },

    getSubscriptionPolicy: async (key, name) => getPolicy(call, key, 'pubsub.subscriptions.getIamPolicy', address(name)),

    setSubscriptionPolicy: async (key, name, changed) => setPolicy(call, key, 'pubsub.subscriptions.setIamPolicy', address(name), changed),

    async pull(key, name, maxMessages) {
      const operation = 'pubsub.subscriptions.pull'
      // A pull without it waits for minutes, and with many quiet mailboxes each worker would; what one look misses, the next finds.
      const body = { maxMessages, returnImmediately: true }
      const page = await call(key, { operation, method: 'POST', url: `${address(name)}:pull`, body, capBytes: pullCap }, pulled)
      return page.receivedMessages.map(({ ackId, message }) => {
        const data = decodeBase64(message.data)
        if (data === null) throw new ProviderRefusal({ vendor: 'google', operation, httpStatus: 200, reason: 'unexpected_answer' })
        return { ackId, messageId: message.messageId, data }
      })
    },

    async acknowledge(key, name, ackIds) {
      const url = `${address(name)}:acknowledge`
      // Google refuses an empty list.
      if (ackIds.length === 0) return
      await call(key, { operation: 'pubsub.subscriptions.acknowledge', method: 'POST', url, body: { ackIds } }, done)
    },
  }
}
