import type { PubSubSubscription, WantedSubscription } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import type { subscription } from './pubsub-answers.ts'

/**
 * What no subscription of ours chooses: a push may take a minute, messages stay for seven days, are tried again ever more slowly, and idle
 * subscriptions do not expire.
 */
const delivery = {
  ackDeadlineSeconds: 60,
  messageRetentionDuration: '604800s',
  retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
  expirationPolicy: {},
}

/** What is brought back by a repair; `deadLetterPolicy` stands here although it may be absent, because then it has to go. */
export const repairMask = [...Object.keys(delivery), 'deadLetterPolicy', 'labels'].join(',')

/** A subscription as Google reads it, but for topic and push. */
export function writeDelivery({ labels, deadLetter }: WantedSubscription): object {
  return {
    ...delivery,
    labels,
    ...(deadLetter !== null && {
      deadLetterPolicy: { deadLetterTopic: deadLetter.topic, maxDeliveryAttempts: deadLetter.maxDeliveryAttempts },
    }),
  }
}

/** An empty configuration means: no push. */
export function writePush({ pushEndpoint, signer, audience }: WantedSubscription): object {
  if (pushEndpoint === null) return {}
  const oidcToken = signer === null ? {} : { oidcToken: { serviceAccountEmail: signer, ...(audience !== null && { audience }) } }
  return { pushEndpoint, ...oidcToken }
}

/** A subscription as Google writes it. */
export function readSubscription(read: z.infer<typeof subscription>): PubSubSubscription {
  const { name, topic, labels, pushConfig, ackDeadlineSeconds, expirationPolicy, retryPolicy, deadLetterPolicy } = read
  const { pushEndpoint, oidcToken } = pushConfig ?? {}
  return {
    name,
    topic,
    // Proto JSON may write an absent string as an empty one.
    pushEndpoint: pushEndpoint || null,
    audience: oidcToken?.audience || null,
    signer: oidcToken?.serviceAccountEmail || null,
    labels,
    ackDeadlineSeconds,
    neverExpires: expirationPolicy !== undefined && expirationPolicy.ttl === undefined,
    hasRetryPolicy: retryPolicy !== undefined,
    deadLetter: deadLetterPolicy?.deadLetterTopic
      ? { topic: deadLetterPolicy.deadLetterTopic, maxDeliveryAttempts: deadLetterPolicy.maxDeliveryAttempts }
      : null,
  }
}
