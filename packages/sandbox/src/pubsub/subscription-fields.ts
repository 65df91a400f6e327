import { z } from 'zod/mini'
import { cloudError } from '../http/api-error.ts'
import type { PushConfigState, SubscriptionState } from '../state/pubsub-state.ts'
import { deadLetterBody, readDeadLetter } from './dead-letter.ts'

const DAY = 86_400

export const pushConfigBody = z.strictObject({
  pushEndpoint: z.optional(z.string()),
  oidcToken: z.optional(z.strictObject({ serviceAccountEmail: z.string(), audience: z.optional(z.string()) })),
  attributes: z.optional(z.record(z.string(), z.string())),
})

/** A subscription as clients write it; what the sandbox does not do is refused, not ignored. */
export const subscriptionBody = z.strictObject({
  name: z.optional(z.string()),
  topic: z.optional(z.string()),
  pushConfig: z.optional(pushConfigBody),
  ackDeadlineSeconds: z.optional(z.int()),
  messageRetentionDuration: z.optional(z.string()),
  expirationPolicy: z.optional(z.strictObject({ ttl: z.optional(z.string()) })),
  retryPolicy: z.optional(z.strictObject({ minimumBackoff: z.optional(z.string()), maximumBackoff: z.optional(z.string()) })),
  deadLetterPolicy: z.optional(deadLetterBody),
  labels: z.optional(z.record(z.string(), z.string())),
  state: z.optional(z.string()),
})

export type SubscriptionBody = z.infer<typeof subscriptionBody>

/** The fields that may change later. @throws ApiError 400 INVALID_ARGUMENT */
export function readFields(body: SubscriptionBody): Omit<SubscriptionState, 'name' | 'topic' | 'policy' | 'lastActiveAt' | 'messages'> {
  const { minimumBackoff, maximumBackoff } = body.retryPolicy ?? {}
  const ttl = body.expirationPolicy ? body.expirationPolicy.ttl : `${31 * DAY}s`
  return {
    pushConfig: readPushConfig(body.pushConfig),
    ackDeadlineSeconds: between('ack deadline seconds', body.ackDeadlineSeconds || 10, 10, 600),
    retentionSeconds: between('message retention duration', readDuration(body.messageRetentionDuration ?? `${7 * DAY}s`), 600, 31 * DAY),
    ttlSeconds: ttl === undefined ? null : between('expiration policy ttl', readDuration(ttl), DAY, Infinity),
    retryPolicy: body.retryPolicy
      ? {
          minimumBackoff: between('minimum backoff', readDuration(minimumBackoff ?? '10s'), 0, 600),
          maximumBackoff: between('maximum backoff', readDuration(maximumBackoff ?? '600s'), 0, 600),
        }
      : null,
    deadLetter: readDeadLetter(body.deadLetterPolicy),
    labels: body.labels ?? {},
  }
}

/** Push needs https; the audience defaults to the endpoint; an empty configuration means pull. @throws ApiError 400 */
export function readPushConfig(config: SubscriptionBody['pushConfig']): PushConfigState | null {
  if (!config?.pushEndpoint) return null
  const { pushEndpoint, oidcToken } = config
  if (!URL.canParse(pushEndpoint) || new URL(pushEndpoint).protocol !== 'https:') {
    throw cloudError(
      400,
      'INVALID_ARGUMENT',
      `Invalid push endpoint given (endpoint=${pushEndpoint}). Refer to https://cloud.google.com/pubsub/docs/subscriber#url_create for more information.`,
    )
  }
  const token = oidcToken ? { serviceAccountEmail: oidcToken.serviceAccountEmail, audience: oidcToken.audience || pushEndpoint } : null
  return { pushEndpoint, oidcToken: token }
}

/** The subscription as Google returns it. */
export function showSubscription(subscription: SubscriptionState): Record<string, unknown> {
  const { name, topic, pushConfig, ackDeadlineSeconds, retentionSeconds, ttlSeconds, retryPolicy, deadLetter, labels } = subscription
  return {
    name,
    topic,
    pushConfig: pushConfig
      ? { pushEndpoint: pushConfig.pushEndpoint, ...(pushConfig.oidcToken ? { oidcToken: pushConfig.oidcToken } : {}) }
      : {},
    ackDeadlineSeconds,
    messageRetentionDuration: `${retentionSeconds}s`,
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    expirationPolicy: ttlSeconds === null ? {} : { ttl: `${ttlSeconds}s` },
    ...(retryPolicy
      ? { retryPolicy: { minimumBackoff: `${retryPolicy.minimumBackoff}s`, maximumBackoff: `${retryPolicy.maximumBackoff}s` } }
      : {}),
    ...(deadLetter ? { deadLetterPolicy: { deadLetterTopic: deadLetter.topic, maxDeliveryAttempts: deadLetter.maxDeliveryAttempts } } : {}),
    state: 'ACTIVE',
  }
}

function readDuration(text: string): number {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text)?.[1]
  if (seconds === undefined) throw cloudError(400, 'INVALID_ARGUMENT', `Invalid duration given (duration=${text}).`)
  return Number(seconds)
}

function between(field: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value
  throw cloudError(400, 'INVALID_ARGUMENT', `Invalid ${field} given (value=${value}, must be between ${least} and ${most}).`)
}
