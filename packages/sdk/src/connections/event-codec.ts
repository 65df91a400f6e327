import { decodeBase64Url, encodeBase64Url } from '../crypto/base64url.ts'

/** Event bodies as text; bytes travel as base64url under a key that no body uses. */
export function writeEvent(body: object): string {
  return JSON.stringify(body, (_, value: unknown) => (value instanceof Uint8Array ? { $bytes: encodeBase64Url(value) } : value))
}

export function readEvent(text: string): Record<string, unknown> {
  return JSON.parse(text, (_, value: unknown) => (isBytes(value) ? (decodeBase64Url(value.$bytes) ?? new Uint8Array()) : value)) as Record<
    string,
    unknown
  >
}

function isBytes(value: unknown): value is { $bytes: string } {
  return typeof value === 'object' && value !== null && '$bytes' in value && typeof value.$bytes === 'string'
}
