import * as z from 'zod/mini'
import { decodeText } from '../../../crypto/base64url.ts'

const short = z.string().check(z.maxLength(512))
const maxItems = 1000

const lifecycleEvents = ['reauthorizationRequired', 'subscriptionRemoved', 'missed'] as const

const itemSchema = z.object({
  subscriptionId: z.string().check(z.regex(/^[\x21-\x7E]{1,128}$/)),
  clientState: z.string().check(z.maxLength(128)),
  /** The directory that it happened in. */
  tenantId: z.optional(z.nullable(short)),
  changeType: z.optional(short),
  lifecycleEvent: z.optional(z.enum(lifecycleEvents)),
  resourceData: z.optional(z.nullable(z.object({ id: z.optional(short), '@odata.etag': z.optional(short) }))),
})

export type GraphNotification = z.infer<typeof itemSchema>

const batchSchema = z.object({ value: z.array(z.unknown()).check(z.maxLength(maxItems)) })

/** The items of a batch that can be read, and how many cannot; `null` when it is no batch at all. Nothing of it is proven yet. */
export function readNotifications(body: Uint8Array): { readonly items: readonly GraphNotification[]; readonly unread: number } | null {
  const batch = batchSchema.safeParse(parseJson(body))
  if (!batch.success) return null
  const items = batch.data.value.flatMap((value) => {
    const item = itemSchema.safeParse(value)
    return item.success ? [item.data] : []
  })
  return { items, unread: batch.data.value.length - items.length }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(decodeText(body))
  } catch {
    // Nobody proved who wrote it, so there is nothing to tell of it.
    return undefined
  }
}
