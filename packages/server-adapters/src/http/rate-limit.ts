import type { RateLimit } from './handler-sdk.ts'

const keyLimit = 10_000

/** A token bucket for each key, in this process: `burst` at once, refilled over `perMs`. The oldest key goes when there are too many. */
export function createRateLimit(options: { readonly burst: number; readonly perMs: number; readonly now: () => number }): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const perToken = options.perMs / options.burst
  return {
    take(key) {
      const now = options.now()
      const known = buckets.get(key) ?? { tokens: options.burst, at: now }
      const tokens = Math.min(options.burst, known.tokens + (now - known.at) / perToken)
      buckets.delete(key)
      if (buckets.size >= keyLimit) buckets.delete(buckets.keys().next().value ?? '')
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * perToken)
    },
  }
}
