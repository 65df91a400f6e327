const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A random lower-case id of the given length, as Google's client ids and channel resources look. */
export function newId(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/** A random decimal number of the given length that does not start with 0. */
export function newNumber(length: number): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => byte % 10)
  return digits.map((digit, index) => (index === 0 && digit === 0 ? 1 : digit)).join('')
}
