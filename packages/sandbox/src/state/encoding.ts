import { base64url } from 'jose'

/** Bytes to standard base64 (Pub/Sub's `data`). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
const PIECE = 3 * 65_536

/** Bytes to base64url without padding, piece by piece and without detours: mail can be tens of megabytes long. */
export function encodeBase64Url(bytes: Uint8Array): string {
  const decoder = new TextDecoder()
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE) parts.push(decoder.decode(encodePiece(bytes.subarray(at, at + PIECE))))
  return parts.join('')
}

function encodePiece(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  let to = 0
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    // What lies beyond the end of the text is not written: that is the padding left out.
    for (let shift = 18; shift >= 0; shift -= 6) text[to++] = ALPHABET[(group >> shift) & 63] ?? 0
  }
  return text
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
