import * as z from 'zod/mini'
import { decodeText } from '../../../crypto/base64url.ts'

/** What a genuine notification is about. */
export type Hint = { readonly kind: 'mailbox'; readonly address: string } | { readonly kind: 'test' }

/** What the setup's test publishes. */
export const testMessage = '{"tenantry":"test"}'

const mark = z.literal('test')

/** `historyId` is not read: it is a hint at most, and it has been a number, a string and worse. */
const hintSchema = z.object({ emailAddress: z.string().check(z.minLength(3), z.maxLength(320)) })

const testSchema = z.object({ tenantry: mark })

/**
 * Reads what Gmail publishes. Source: developers.google.com/workspace/gmail/api/guides/push#receive_notifications.
 * @returns `null` for what is neither a mailbox's nor the setup's test
 */
export function readHint(data: Uint8Array | null, attributes: Readonly<Record<string, unknown>> = {}): Hint | null {
  const content = parseJson(data)
  if (mark.safeParse(attributes['tenantry']).success || testSchema.safeParse(content).success) return { kind: 'test' }
  const hint = hintSchema.safeParse(content)
  return hint.success ? { kind: 'mailbox', address: hint.data.emailAddress } : null
}

/** @returns `undefined` for what is not JSON */
export function parseJson(bytes: Uint8Array | null): unknown {
  if (bytes === null) return undefined
  try {
    return JSON.parse(decodeText(bytes))
  } catch {
    // Not JSON: unreadable, which the caller says.
    return undefined
  }
}
