import * as z from 'zod/mini'

// Source of all: cloud.google.com/pubsub/docs/reference/rest. Fields that we do not read are left out.
const name = z.string().check(z.minLength(1))
const labels = z._default(z.record(z.string(), z.string()), {})

export const topic = z.object({ name, labels })

/** Whole, because what is read is written back: a condition that got lost would widen the grant. */
export const policy = z.object({
  etag: z.exactOptional(z.string()),
  version: z.exactOptional(z.int()),
  bindings: z.exactOptional(
    z.array(z.object({ role: z.string(), members: z._default(z.array(z.string()), []), condition: z.exactOptional(z.unknown()) })),
  ),
})

/** `permissions` is absent when there is none. */
export const heldPermissions = z.object({ permissions: z._default(z.array(z.string()), []) })

export const subscription = z.object({
  name,
  topic: z.string(),
  labels,
  pushConfig: z.optional(
    z.object({
      pushEndpoint: z.optional(z.string()),
      oidcToken: z.optional(z.object({ serviceAccountEmail: z.optional(z.string()), audience: z.optional(z.string()) })),
    }),
  ),
  ackDeadlineSeconds: z._default(z.int(), 10),
  expirationPolicy: z.optional(z.object({ ttl: z.optional(z.string()) })),
  retryPolicy: z.optional(z.object({})),
  deadLetterPolicy: z.optional(z.object({ deadLetterTopic: z.optional(z.string()), maxDeliveryAttempts: z._default(z.int(), 5) })),
})

/** `receivedMessages` is absent when nothing waits; `data` is standard base64. */
export const pulled = z.object({
  receivedMessages: z._default(
    z.array(z.object({ ackId: name, message: z.object({ messageId: name, data: z._default(z.string(), '') }) })),
    [],
  ),
})

/** `{}` */
export const done = z.object({})
