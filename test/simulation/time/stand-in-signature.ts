import { createHmac, timingSafeEqual } from 'node:crypto'

const signatureLength = 256

/**
 * In the place of RS256, which would be a tenth of all the work: as long, always the same for the same words, and never right for others. That it
 * asks for no key costs nothing, because everybody has the same one here.
 */
export function signInstead(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const mark = createHmac('sha256', 'simulation').update(data).digest()
  return new Uint8Array(Buffer.alloc(signatureLength, mark))
}

export function isSignedSo(data: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === signatureLength && timingSafeEqual(signInstead(data), signature)
}
