import type { PubSubGateway } from '@tenantry/sdk/ports'
import type { RestRequest } from '../rest/create-request.ts'
import { createPubSubCall } from './pubsub-call.ts'
import { createSubscriptionCalls } from './pubsub-subscriptions.ts'
import { createTopicCalls } from './pubsub-topics.ts'
import type { ServiceAccountTokens } from './service-account-tokens.ts'

/** The Pub/Sub API with tenants' service accounts. Source: cloud.google.com/pubsub/docs/reference/rest. */
export function createPubSub(request: RestRequest, tokens: ServiceAccountTokens, endpoint: string): PubSubGateway {
  const call = createPubSubCall(request, tokens)
  return {
    ...createTopicCalls(call, endpoint),
    ...createSubscriptionCalls(call, endpoint),
    async checkKey(key) {
      await tokens.renew(key)
    },
  }
}
