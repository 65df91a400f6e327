import * as z from 'zod/mini'

/** What has another form counts as absent: a refusal is a refusal, however it is told. */
const lenient = z.catch
const text = lenient(z.optional(z.string()), undefined)
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

/** What Google says when it refuses: the machine's word, and everything else that helps to classify. */
export interface RefusalWords {
  readonly reason: string | undefined
  readonly message: string | undefined
}

/** Reads the three shapes: legacy `errors[]` (Gmail, Calendar), google.rpc.Status with details (Pub/Sub), RFC 6749 (token endpoint). */
export function readRefusal(json: unknown): RefusalWords {
  const token = tokenRefusal.safeParse(json)
  if (token.success) return choose([token.data.error, token.data.error_subtype], token.data.error_description)
  const api = apiRefusal.safeParse(json)
  if (!api.success) return { reason: undefined, message: undefined }
  const { message, status, errors, details } = api.data.error
  const infos = details.filter((detail) => detail['@type']?.endsWith('google.rpc.ErrorInfo'))
  const violations = details.flatMap((detail) => detail.violations.map(({ type }) => type))
  // Google's own name for what is missing, where it gives one.
  const permissions = infos.map(({ metadata }) => metadata?.permission)
  return choose([...[...errors, ...infos].map(({ reason }) => reason), status, ...violations, ...permissions], message)
}

/** The first word is the reason; all of them stand before the text, which is cut when it is long. */
function choose(candidates: readonly (string | undefined)[], message: string | undefined): RefusalWords {
  const words = [...new Set(candidates.filter(isWord))]
  const told = [...words, ...(message === undefined ? [] : [message])].join(' ')
  return { reason: words[0], message: told === '' ? undefined : told }
}

/** Reasons are logged, so only what cannot be a secret or a sentence passes. */
function isWord(candidate: string | undefined): candidate is string {
  return candidate !== undefined && /^[A-Za-z][A-Za-z0-9_./-]{0,63}$/.test(candidate)
}
