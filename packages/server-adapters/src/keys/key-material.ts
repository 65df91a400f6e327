const keyLength = 32
const leastDistinct = 17

/**
 * A 256-bit key from base64. Refuses what cannot have come from a random source, because a guessable key protects nothing.
 * @throws TypeError, which names the key id and never the key
 */
export function readKeyMaterial(id: string, text: string): Uint8Array<ArrayBuffer> {
  const key = decodeBase64(text)
  if (key?.length !== keyLength) throw refusal(id, `must be ${keyLength} bytes in base64`)
  // 32 random bytes have so few different values or steps less than once in a billion keys.
  const steps = key.map((byte, at) => byte - (key[at - 1] ?? 0))
  if (new Set(key).size < leastDistinct || new Set(steps).size < leastDistinct) throw refusal(id, 'is a pattern, not random bytes')
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) throw refusal(id, 'is text, not random bytes')
  return key
}

function decodeBase64(text: unknown): Uint8Array<ArrayBuffer> | null {
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : null
}

function refusal(id: string, problem: string): TypeError {
  return new TypeError(`Local encryption key "${id}" ${problem}. Make one with: openssl rand -base64 ${keyLength}`)
}
