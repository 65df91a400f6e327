/** Says how long to wait. Supply one that shares its state when several processes serve. */
export interface RateLimiter {
  /** Takes one request of a key's allowance. Returns 0, or the milliseconds until the next one is allowed. Throwing refuses with `unavailable`. */
  take(key: string): number | Promise<number>
}
