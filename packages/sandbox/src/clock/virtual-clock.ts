/** Google's time: it follows real time plus an offset, or stands still until it is advanced. */
export interface VirtualClock {
  /** True when only `advance` moves it. */
  readonly frozen: boolean
  /** Epoch milliseconds. */
  now(): number
  /** Moves time forward: waits for what is under way, then runs everything that falls due on the way, in order. */
  advance(milliseconds: number): Promise<void>
  /** Runs once at `at` (epoch ms), at once when that is past; returns a cancel function. */
  schedule(at: number, run: () => Promise<void>): () => void
}

export interface VirtualClockOptions {
  /** Where it starts (epoch ms); default real time. */
  now?: number
  /** Stand still between calls of `advance`; default false. */
  frozen?: boolean
}

interface Timer {
  at: number
  order: number
  run: () => Promise<void>
}

const LONGEST_SLEEP = 2 ** 31 - 1

/** Creates a clock that the sandbox, and the product under test, can share. */
export function createVirtualClock(options: VirtualClockOptions = {}): VirtualClock {
  const frozen = options.frozen ?? false
  let base = options.now ?? Date.now()
  let startedAt = Date.now()
  let order = 0
  let wake: ReturnType<typeof setTimeout> | undefined
  const timers = new Set<Timer>()
  const running = new Set<Promise<void>>()

  const now = () => (frozen ? base : base + (Date.now() - startedAt))
  const moveTo = (time: number) => {
    base = time
    startedAt = Date.now()
  }
  const next = () => [...timers].toSorted((a, b) => a.at - b.at || a.order - b.order)[0]

  const arm = () => {
    clearTimeout(wake)
    const timer = next()
    if (frozen || !timer) return
    wake = setTimeout(fireDue, Math.min(Math.max(timer.at - now(), 0), LONGEST_SLEEP))
    // A pending retry days ahead must not keep a Node process alive; browsers return a plain number.
    if (typeof wake === 'object') wake.unref()
  }
  const start = (run: () => Promise<void>) => {
    const task = run().finally(() => running.delete(task))
    running.add(task)
  }
  const idle = async () => {
    while (running.size > 0) await Promise.all(running)
  }
  const fireDue = () => {
    for (let timer = next(); timer && timer.at <= now(); timer = next()) {
      timers.delete(timer)
      start(timer.run)
    }
    arm()
  }

  return {
    frozen,
    now,
    async advance(milliseconds) {
      await idle()
      const target = now() + milliseconds
      for (let timer = next(); timer && timer.at <= target; timer = next()) {
        timers.delete(timer)
        if (timer.at > now()) moveTo(timer.at)
        start(timer.run)
        await idle()
      }
      if (target > now()) moveTo(target)
      arm()
    },
    schedule(at, run) {
      if (at <= now()) {
        start(run)
        return () => {}
      }
      const timer = { at, order: order++, run }
      timers.add(timer)
      arm()
      return () => {
        timers.delete(timer)
        arm()
      }
    },
  }
}
