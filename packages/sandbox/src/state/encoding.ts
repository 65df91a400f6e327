import { base64url } from 'jose'

/** Bytes to standard base64 (Pub/Sub's `data`). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** JSON to an opaque base64url token: page tokens and sync tokens. */
export function encodeOpaque(value: unknown): string {
  return base64url.encode(JSON.stringify(value))
}

/** The JSON inside an opaque token; null when it is not one of ours. */
export function decodeOpaque(token: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(base64url.decode(token)))
  } catch {
    // Whatever a client sends that we did not issue is, to the caller, simply an invalid token.
    return null
  }
}
