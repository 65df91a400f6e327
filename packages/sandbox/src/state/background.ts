import type { VirtualClock } from '../clock/virtual-clock.ts'

/** Work that Google does after it has answered. */
export interface Background {
  /** Now (but never inside the caller's stack), or when the clock gets there. */
  at(time: number, run: () => Promise<void>): void
  /** Resolves when nothing is under way; rejects with the first defect of the sandbox itself. */
  settled(): Promise<void>
}

/** Creates the list of work under way. */
export function createBackground(clock: VirtualClock): Background {
  const running = new Set<Promise<void>>()
  const defects: unknown[] = []

  const start = (run: () => Promise<void>): Promise<void> => {
    const task = Promise.resolve()
      .then(run)
      .catch((defect: unknown) => {
        defects.push(defect)
      })
      .finally(() => running.delete(task))
    running.add(task)
    return task
  }

  return {
    at(time, run) {
      clock.schedule(time, () => start(run))
    },
    async settled() {
      while (running.size > 0) await Promise.all(running)
      if (defects.length > 0) throw defects.shift()
    },
  }
}
