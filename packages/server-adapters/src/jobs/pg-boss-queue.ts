export const defaultQueue = 'tenantry.tick'

/** Asks for a tick when every process of ours is new or asleep. */
export const everyMinute = '* * * * *'

/** What an older queue is brought to. A tick is never retried: the next one takes up what it left. */
export const changeableQueueOptions = {
  retryLimit: 0,
  expireInSeconds: 120,
  heartbeatSeconds: 30,
  retentionSeconds: 3600,
  deleteAfterSeconds: 3600,
} as const

/**
 * `short`: one waiting job per key, so wakes merge; and a wake during a tick waits for the next one, which `exclusive` would drop.
 */
export const queueOptions = { policy: 'short', ...changeableQueueOptions } as const

/** A job to send: it carries nothing but its key. */
export interface NextTick {
  readonly key: string
  readonly inSeconds: number
}

/** What a tick asks for when it ends. A key names a time, so that many processes ask for one and the same job. */
export function nextTicks(nextWakeAt: number | null, now: number, everyMs: number): readonly NextTick[] {
  if (nextWakeAt === null || nextWakeAt >= now + everyMs) return []
  // Work is left over: two ticks follow one, so that idle processes join until all of them are busy.
  if (nextWakeAt <= now) return ['more-1', 'more-2'].map((key) => ({ key, inSeconds: 0 }))
  return [{ key: `due-${Math.ceil(nextWakeAt / 1000)}`, inSeconds: Math.ceil((nextWakeAt - now) / 1000) }]
}
