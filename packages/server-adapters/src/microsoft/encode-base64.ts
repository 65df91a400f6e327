import { encodeBase64Url } from '@tenantry/sdk/crypto'

/** Standard base64 with padding (RFC 4648 section 4), which Graph demands of MIME. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}
