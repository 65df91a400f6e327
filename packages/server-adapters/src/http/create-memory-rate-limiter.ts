import type { Clock } from '@tenantry/sdk/ports'
import type { RateLimiter } from './rate-limiter.ts'

export interface MemoryRateLimiterOptions {
  readonly clock: Clock
  /** Requests that may come at once. */
  readonly burst: number
  /** Requests that come back per minute, evenly. */
  readonly perMinute: number
  /** Keys remembered; beyond it the one idle for longest is forgotten. Default 10 000. */
  readonly maxKeys?: number
}

/** A token bucket per key, in this process. */
export function createMemoryRateLimiter({ clock, burst, perMinute, maxKeys = 10_000 }: MemoryRateLimiterOptions): RateLimiter {
  const perMs = perMinute / 60_000
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>()
  return {
    take(key) {
      const now = clock.now()
      const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now }
      const filled = Math.min(burst, tokens + Math.max(0, now - at) * perMs)
      const allowed = filled >= 1
      // Re-inserting keeps the map in order of use.
      buckets.delete(key)
      buckets.set(key, { tokens: allowed ? filled - 1 : filled, at: now })
      forgetIdle(buckets, maxKeys)
      return allowed ? 0 : Math.ceil((1 - filled) / perMs)
    },
  }
}

function forgetIdle(buckets: Map<string, unknown>, maxKeys: number): void {
  const [idlest] = buckets.keys()
  if (buckets.size > maxKeys && idlest !== undefined) buckets.delete(idlest)
}
