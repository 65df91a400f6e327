import { encodeBase64Url, encodeText } from '../crypto/base64url.ts'
import type { AuditRecord, Crypto } from '../ports/index.ts'

/**
 * HMAC-SHA-256, base64url, over all that a line says and the hash of the one before: whoever can write the table but has no key cannot
 * make a line that fits. A JSON array, so that no two lines give the same text.
 */
export async function hashLine(crypto: Crypto, key: Uint8Array, line: Omit<AuditRecord, 'hash'>): Promise<string> {
  const { tenantId, sequence, at, actor, action, subject, outcome, previousHash } = line
  const text = JSON.stringify(['tn1', tenantId, sequence, at, actor, action, subject, outcome, previousHash])
  return encodeBase64Url(await crypto.hmacSha256(key, encodeText(text)))
}
