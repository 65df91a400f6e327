import * as z from 'zod/mini'

// Source of all: cloud.google.com/pubsub/docs/reference/rest. Fields that we do not read are left out.
const name = z.string().check(z.minLength(1))

export const topic = z.object({ name })

/** Whole, because what is read is written back: a condition that got lost would widen the grant. */
export const policy = z.object({
  etag: z.exactOptional(z.string()),
  version: z.exactOptional(z.int()),
  bindings: z.exactOptional(
    z.array(z.object({ role: z.string(), members: z._default(z.array(z.string()), []), condition: z.exactOptional(z.unknown()) })),
  ),
})

export const subscription = z.object({
  name,
  topic: z.string(),
  pushConfig: z.optional(
    z.object({
      pushEndpoint: z.optional(z.string()),
      oidcToken: z.optional(z.object({ serviceAccountEmail: z.optional(z.string()), audience: z.optional(z.string()) })),
    }),
  ),
})

/** `{}` */
export const done = z.object({})
