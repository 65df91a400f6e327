import type { Clock, Fetch, Random } from './ports/index.ts'

/** The platform's clock: the one place in the core that reads it. */
export const systemClock: Clock = { now: () => Date.now() }

/** The platform's randomness: the one place in the core that reads it. */
export const systemRandom: Random = {
  bytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
  uuid: () => globalThis.crypto.randomUUID(),
}

/** The platform's network: the one place in the core that reaches it. */
export const systemFetch: Fetch = (request) => globalThis.fetch(request)
