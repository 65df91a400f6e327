import type { Random } from '../../ports/index.ts'

/** Deterministic randomness for tests only: the same seed gives the same bytes. Never a source of secrets. */
export function createSeededRandom(seed: number): Random {
  const nextByte = createBytes(seed)

  const bytes = (length: number): Uint8Array<ArrayBuffer> => {
    const made = new Uint8Array(length)
    for (let at = 0; at < length; at += 1) made[at] = nextByte()
    return made
  }

  return {
    bytes,
    uuid() {
      const raw = bytes(16)
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80
      let hex = ''
      for (const byte of raw) hex += byte < 16 ? `0${byte.toString(16)}` : byte.toString(16)
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
    },
  }
}

/** The mulberry32 generator, one byte at a time. */
function createBytes(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 24) & 0xff
  }
}
