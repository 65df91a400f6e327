import * as z from 'zod/mini'
import { Secret } from '../model/secret.ts'

/** A token answer, RFC 6749 section 5.1. Times are epoch milliseconds. */
export interface Grant {
  readonly accessToken: Secret
  readonly refreshToken: Secret | null
  readonly idToken: Secret | null
  readonly expiresAt: number
  readonly refreshExpiresAt: number | null
  readonly scope: string
}

/** Printable ASCII, RFC 6749 appendix A: anything else could not be sent on. */
const token = z.string().check(z.maxLength(16_384), z.regex(/^[\x20-\x7e]+$/))

/** Without a space, because it goes into a header. */
const bearer = z.string().check(z.maxLength(16_384), z.regex(/^[\x21-\x7e]+$/))

/** `null` and an empty text are ways to say that there is none. */
const optionalToken = z.union([
  token,
  z.pipe(
    z.nullish(z.literal('')),
    z.transform(() => undefined),
  ),
])

const seconds = z.number().check(z.positive())

const grantSchema = z.object({
  access_token: bearer,
  expires_in: seconds,
  refresh_token: z.optional(optionalToken),
  // Tells a date and decides nothing, so a wrong one does not undo the grant.
  refresh_token_expires_in: z.catch(z.optional(seconds), undefined),
  id_token: z.optional(optionalToken),
  scope: z.optional(z.string()),
  token_type: z.string().check(z.regex(/^bearer$/i)),
})

/** However long an access token is said to live, it is asked for anew after a day; a sign-in ends within ten years. */
const longestAccessMs = 24 * 60 * 60_000
const longestGrantMs = 3_650 * longestAccessMs

/** The grant of an answer, its life counted from `askedAt`; `null` when the answer is none. */
export function readGrant(json: unknown, askedAt: number): Grant | null {
  const parsed = grantSchema.safeParse(json)
  if (!parsed.success) return null
  const { data } = parsed
  const endOf = (seconds: number, longestMs: number): number => askedAt + Math.min(Math.floor(seconds * 1000), longestMs)
  return {
    accessToken: new Secret(data.access_token),
    refreshToken: data.refresh_token === undefined ? null : new Secret(data.refresh_token),
    idToken: data.id_token === undefined ? null : new Secret(data.id_token),
    expiresAt: endOf(data.expires_in, longestAccessMs),
    refreshExpiresAt: data.refresh_token_expires_in === undefined ? null : endOf(data.refresh_token_expires_in, longestGrantMs),
    scope: data.scope ?? '',
  }
}

/** Machine words only, so that nothing which an answer repeats of the request can come along. */
const reason = z.string().check(z.regex(/^[a-z_]{1,64}$/))

const lenientText = z.catch(z.optional(z.string()), undefined)

const refusalSchema = z.object({
  error: reason,
  error_subtype: z.catch(z.optional(reason), undefined),
  error_description: lenientText,
  trace_id: lenientText,
  correlation_id: lenientText,
})

export interface TokenRefusal {
  readonly reason: string
  readonly message: string | undefined
  /** As it came: Entra's id of this request, or of the whole sign-in. */
  readonly requestId: string | undefined
}

/** What a refusal says, RFC 6749 section 5.2: the machine's word, and the rest that helps to classify it. `null` when it says nothing. */
export function readTokenRefusal(json: unknown): TokenRefusal | null {
  const parsed = refusalSchema.safeParse(json)
  if (!parsed.success) return null
  const { error, error_subtype, error_description, trace_id, correlation_id } = parsed.data
  const message = [error_subtype, error_description].filter((text) => text !== undefined).join(' ') || undefined
  return { reason: error, message, requestId: trace_id ?? correlation_id }
}
