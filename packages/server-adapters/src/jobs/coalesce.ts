export interface Coalesced {
  /** Asks for one more run after now; many askers get the same one. */
  ask(): void
  /** When everything that was asked for has run. */
  settled(): Promise<void>
}

/**
 * At most one run at a time and one that waits: what is asked during a run is not covered by it, because the run may have looked already.
 * `work` must not fail; `pause` is what lies between two runs.
 */
export function coalesce(work: () => Promise<void>, pause: () => Promise<void> = async () => undefined): Coalesced {
  let asked = false
  let running: Promise<void> | null = null

  const drain = async (): Promise<void> => {
    while (asked) {
      asked = false
      await work()
      if (asked) await pause()
    }
    running = null
  }

  return {
    ask() {
      asked = true
      running ??= drain()
    },
    settled: async () => {
      await running
    },
  }
}
