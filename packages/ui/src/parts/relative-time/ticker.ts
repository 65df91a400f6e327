/** A clock that many components watch through one timer. */
export interface Ticker {
  subscribe(onTick: () => void): () => void
  /** Milliseconds since the epoch, as of the last tick. */
  read(): number
}

const TICK_MS = 30_000

/** Ticks every 30 s while somebody watches; `now` is read on a tick, never during a render of the server. */
export function createTicker(now: () => number): Ticker {
  const watchers = new Set<() => void>()
  let current: number | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    current = now()
    for (const watcher of watchers) watcher()
  }
  return {
    subscribe(onTick) {
      watchers.add(onTick)
      timer ??= setInterval(tick, TICK_MS)
      return () => {
        watchers.delete(onTick)
        if (watchers.size > 0) return
        clearInterval(timer)
        timer = undefined
        current = undefined
      }
    },
    read() {
      current ??= now()
      return current
    },
  }
}
