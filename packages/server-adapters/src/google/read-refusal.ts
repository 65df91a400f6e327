import * as z from 'zod/mini'
import { chooseWords, lenientText as text } from '../rest/refusal-words.ts'
import type { RefusalWords } from '../rest/refusal-words.ts'

const lenient = z.catch
const list = <T>(item: z.ZodMiniType<T>) => lenient(z.array(item), [])

const apiRefusal = z.object({
  error: z.object({
    message: text,
    status: text,
    errors: list(z.object({ reason: text })),
    details: list(
      z.object({
        '@type': text,
        reason: text,
        metadata: lenient(z.optional(z.object({ permission: text })), undefined),
        violations: list(z.object({ type: text })),
      }),
    ),
  }),
})

const tokenRefusal = z.object({ error: z.string(), error_description: text, error_subtype: text })

/** Reads the three shapes: legacy `errors[]` (Gmail, Calendar), google.rpc.Status with details (Pub/Sub), RFC 6749 (token endpoint). */
export function readRefusal(json: unknown): RefusalWords {
  const token = tokenRefusal.safeParse(json)
  if (token.success) return chooseWords([token.data.error, token.data.error_subtype], token.data.error_description)
  const api = apiRefusal.safeParse(json)
  if (!api.success) return { reason: undefined, message: undefined }
  const { message, status, errors, details } = api.data.error
  const infos = details.filter((detail) => detail['@type']?.endsWith('google.rpc.ErrorInfo'))
  const violations = details.flatMap((detail) => detail.violations.map(({ type }) => type))
  // Google's own name for what is missing, where it gives one.
  const permissions = infos.map(({ metadata }) => metadata?.permission)
  return chooseWords([...[...errors, ...infos].map(({ reason }) => reason), status, ...violations, ...permissions], message)
}
