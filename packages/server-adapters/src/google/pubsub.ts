import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { ServiceAccountKey } from '@tenantry/sdk/model'
import type { PubSubGateway, PubSubSubscription } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import type { GoogleCall, GoogleRequest } from './create-request.ts'
import { nullWhenMissing } from './null-when-missing.ts'
import { done, policy, subscription, topic } from './pubsub-answers.ts'
import { resourcePath } from './resource-path.ts'
import type { ServiceAccountTokens } from './service-account-tokens.ts'

/** IAM policies of version 3 carry conditions; asking for less returns bindings that must not be written back. */
const policyVersion = 3

/** Pushes wait 30 s for an answer, stay for seven days, are tried again ever more slowly, and idle subscriptions do not expire. */
const delivery = {
  ackDeadlineSeconds: 30,
  messageRetentionDuration: '604800s',
  retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
  expirationPolicy: {},
}

/** The Pub/Sub API with tenants' service accounts. Source: cloud.google.com/pubsub/docs/reference/rest. */
export function createPubSub(request: GoogleRequest, tokens: ServiceAccountTokens, endpoint: string): PubSubGateway {
  const call = async <T>(key: ServiceAccountKey, details: Omit<GoogleCall, 'accessToken'>, answer: z.ZodMiniType<T>): Promise<T> => {
    const accessToken = await tokens.get(key)
    try {
      return await request({ ...details, accessToken }, answer)
    } catch (error) {
      if (error instanceof ProviderRefusal && error.httpStatus === 401) await tokens.forget(key)
      throw error
    }
  }

  return {
    async getTopic(key, name) {
      const operation = 'pubsub.topics.get'
      return nullWhenMissing(operation, call(key, { operation, method: 'GET', url: endpoint + resourcePath('topics', name) }, topic))
    },

    async createTopic(key, name, labels) {
      const url = endpoint + resourcePath('topics', name)
      await call(key, { operation: 'pubsub.topics.create', method: 'PUT', url, body: { labels } }, topic)
    },

    async getTopicPolicy(key, name) {
      const url = `${endpoint}${resourcePath('topics', name)}:getIamPolicy`
      const query = { 'options.requestedPolicyVersion': policyVersion }
      return call(key, { operation: 'pubsub.topics.getIamPolicy', method: 'GET', url, query }, policy)
    },

    async setTopicPolicy(key, name, changed) {
      const url = `${endpoint}${resourcePath('topics', name)}:setIamPolicy`
      await call(key, { operation: 'pubsub.topics.setIamPolicy', method: 'POST', url, body: { policy: changed } }, policy)
    },

    async getSubscription(key, name) {
      const operation = 'pubsub.subscriptions.get'
      const url = endpoint + resourcePath('subscriptions', name)
      const found = await nullWhenMissing(operation, call(key, { operation, method: 'GET', url }, subscription))
      return found === null ? null : describeSubscription(found)
    },

    async createSubscription(key, { labels, ...input }) {
      resourcePath('topics', input.topic)
      const url = endpoint + resourcePath('subscriptions', input.name)
      const body = { topic: input.topic, labels, ...delivery, pushConfig: describePush(input) }
      await call(key, { operation: 'pubsub.subscriptions.create', method: 'PUT', url, body }, subscription)
    },

    async modifyPush(key, input) {
      const url = `${endpoint}${resourcePath('subscriptions', input.name)}:modifyPushConfig`
      await call(
        key,
        { operation: 'pubsub.subscriptions.modifyPushConfig', method: 'POST', url, body: { pushConfig: describePush(input) } },
        done,
      )
    },

    async checkKey(key) {
      await tokens.renew(key)
    },
  }
}

function describeSubscription({ name, topic, pushConfig }: z.infer<typeof subscription>): PubSubSubscription {
  const { pushEndpoint, oidcToken } = pushConfig ?? {}
  return {
    name,
    topic,
    pushEndpoint: pushEndpoint ?? null,
    audience: oidcToken?.audience ?? null,
    signer: oidcToken?.serviceAccountEmail ?? null,
  }
}

/** An empty configuration means: no push. */
function describePush({ pushEndpoint, signer, audience }: PubSubSubscription): object {
  if (pushEndpoint === null) return {}
  const oidcToken = signer === null ? {} : { oidcToken: { serviceAccountEmail: signer, ...(audience !== null && { audience }) } }
  return { pushEndpoint, ...oidcToken }
}
