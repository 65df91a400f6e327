/** Everything random in a simulation, from one seed. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  happens(probability: number): boolean
  /** A waiting time of something that happens at random, on average each `mean`. */
  wait(mean: number): number
  bytes(length: number): Uint8Array<ArrayBuffer>
  /** Another source, the same for the same name, so that more draws in one place change nothing in another. */
  fork(name: string): Chance
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    happens: (probability) => next() < probability,
    wait: (mean) => Math.max(Math.round(-Math.log(1 - next()) * mean), 1),
    bytes(length) {
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length; at += 1) bytes[at] = next() * 256
      return bytes
    },
    fork: (name) => createChance(hash(`${seed}/${name}`)),
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 2_166_136_261
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619)
  return value >>> 0
}
