// Encodings and comparison
export { decodeBase64Url, decodeText, encodeBase64Url, encodeText } from './base64url.ts'
export { equalBytes } from './equal-bytes.ts'
// Primitives
export { createWebCrypto } from './web-crypto.ts'
// Encryption at rest
export { createEnvelope } from './envelope.ts'
export type { Envelope, EnvelopeOptions, SealContext, Sealer } from './envelope.ts'
// Tokens that vendors sign
export { createJwtVerifier } from './verify-jwt.ts'
export type { Claims, ExpectedClaims, JwtVerifier, KeyFinder } from './verify-jwt.ts'
