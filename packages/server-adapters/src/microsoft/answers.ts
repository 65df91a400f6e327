import * as z from 'zod/mini'

// Source of all: learn.microsoft.com/graph/api/resources (message, uploadSession, subscription, user). Fields that we do not read are left out.
const id = z.string().check(z.minLength(1), z.maxLength(2048))
const text = z.optional(z.nullable(z.string()))
const link = z.optional(z.string().check(z.minLength(1), z.maxLength(16_384)))

/** An ISO 8601 time with up to seven digits after the second, as epoch milliseconds. */
export const time = z.pipe(
  z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/)),
  z.pipe(
    z.transform((written: string) => Date.parse(written.replace(/(\.\d{3})\d+/, '$1'))),
    z.int(),
  ),
)

export const user = z.object({ id, mail: text, userPrincipalName: text })

export const identified = z.object({ id })

/** Of an identity platform: it names the directory in its issuer. */
export const configuration = z.object({ issuer: z.string().check(z.maxLength(256)) })

export const messageList = z.object({ value: z.array(identified) })

/** One that is in the folder, or the trace of one that left it. */
export const deltaEntry = z.union([
  z.object({ id, '@removed': z.object({}) }),
  z.object({ id, '@removed': z.optional(z.undefined()), internetMessageId: text, conversationId: text, receivedDateTime: time }),
])

export const deltaPage = z.object({ '@odata.nextLink': link, '@odata.deltaLink': link, value: z.array(deltaEntry) })

export const uploadSession = z.object({ uploadUrl: z.url().check(z.maxLength(16_384)) })

/** Absent once everything came in. */
export const uploadProgress = z.optional(z.object({ nextExpectedRanges: z._default(z.array(z.string()), []) }))

export const subscription = z.object({ id, resource: z.string(), notificationUrl: z.string(), expirationDateTime: time })

export const subscriptionPage = z.object({ '@odata.nextLink': link, value: z.array(subscription) })
