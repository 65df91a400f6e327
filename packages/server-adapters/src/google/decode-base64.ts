import { decodeBase64Url } from '@tenantry/sdk/crypto'

/** The bytes of standard base64 (RFC 4648 section 4), as Pub/Sub writes them; `null` when it is not. */
export function decodeBase64(text: string): Uint8Array | null {
  return /[-_]/.test(text) ? null : decodeBase64Url(text.replaceAll('+', '-').replaceAll('/', '_'))
}
