import type { Clock, Crypto, RsaJwk } from '../ports/index.ts'
import { decodeBase64Url, decodeText, encodeText } from './base64url.ts'

/** Finds a vendor's public key; `null` when the vendor has no such key. @throws `unavailable` when the vendor cannot be asked */
export type KeyFinder = (kid: string) => Promise<RsaJwk | null>

export interface ExpectedClaims {
  /** Exactly one of these; which ones may depend on what the token says of itself, before it is verified. */
  readonly issuers: readonly string[] | ((unverified: Claims) => readonly string[])
  /** Equal to the byte. */
  readonly audience: string
}

export type Claims = Readonly<Record<string, unknown>>

/** The claims of a genuine token, or `null`. */
export type JwtVerifier = (token: string, expected: ExpectedClaims) => Promise<Claims | null>

/** RFC 7515 section 7.1: three parts, without padding. */
const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/
const skewSeconds = 60
const maxLifeSeconds = 24 * 3600

/**
 * Verifies an RS256 JWT: algorithm, signature, issuer, audience, issue and expiry time within 60 s of skew. Fails closed; what exactly was
 * wrong is not told. RFC 7515, RFC 7519; Google's list at cloud.google.com/pubsub/docs/authenticate-push-subscriptions.
 */
export function createJwtVerifier(options: { readonly findKey: KeyFinder; readonly crypto: Crypto; readonly clock: Clock }): JwtVerifier {
  return async (token, expected) => {
    if (token.length > 8192 || !compact.test(token)) return null
    const parts = token.split('.')
    const [head, body, signature] = parts.map((part) => decodeBase64Url(part))
    if (!head || !body || !signature) return null
    const header = readObject(head)
    const claims = readObject(body)
    if (header === null || claims === null) return null
    if (header['alg'] !== 'RS256' || typeof header['kid'] !== 'string' || 'crit' in header) return null
    if (!fits(claims, expected, options.clock.now() / 1000)) return null
    const key = await options.findKey(header['kid'])
    if (key === null) return null
    return (await options.crypto.verifyRs256(key, encodeText(`${parts[0]}.${parts[1]}`), signature)) ? claims : null
  }
}

function fits(claims: Claims, expected: ExpectedClaims, now: number): boolean {
  const { iss, aud, iat, exp } = claims
  return (
    typeof iss === 'string' &&
    (typeof expected.issuers === 'function' ? expected.issuers(claims) : expected.issuers).includes(iss) &&
    aud === expected.audience &&
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    iat <= now + skewSeconds &&
    exp > now - skewSeconds &&
    exp - iat <= maxLifeSeconds &&
    exp > iat
  )
}

function readObject(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(decodeText(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    // Not JSON or not UTF-8: not a token.
    return null
  }
}
