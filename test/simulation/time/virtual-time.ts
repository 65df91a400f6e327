import type { VirtualClock } from '@tenantry/sandbox'
import { createAgenda } from './agenda.ts'

/** A clock that jumps from one event to the next as soon as nothing is left to do, so that everything in a run has its place in one order. */
export interface VirtualTime extends VirtualClock {
  /** Lives until `target`, epoch milliseconds. @throws what a scheduled run throws */
  runUntil(target: number): Promise<void>
  /** Resolves after so many virtual milliseconds. */
  pause(milliseconds: number): Promise<void>
  readonly events: number
}

/** `isBusy` says that something is under way outside, such as a signature in another thread. */
export function createVirtualTime(start: number, isBusy: () => boolean): VirtualTime {
  const agenda = createAgenda<() => Promise<void>>()
  let now = start
  let events = 0
  const defects: unknown[] = []

  const begin = (run: () => Promise<void>): void => {
    void run().catch((defect: unknown) => defects.push(defect))
  }

  const time: VirtualTime = {
    frozen: true,
    now: () => now,
    schedule(at, run) {
      if (at > now) return agenda.add(at, run)
      begin(run)
      return () => undefined
    },
    advance: (milliseconds) => time.runUntil(now + milliseconds),
    async runUntil(target) {
      // Here the process hears that nobody waits for it any more.
      await new Promise((resolve) => setImmediate(resolve))
      await quiet(isBusy)
      for (let next = agenda.take(target); next !== null; next = agenda.take(target)) {
        now = Math.max(now, next.at)
        events += 1
        begin(next.item)
        await quiet(isBusy)
        if (defects.length > 0) throw defects.shift()
      }
      now = Math.max(now, target)
    },
    pause: (milliseconds) =>
      new Promise((resolve) => {
        time.schedule(now + Math.max(milliseconds, 1), async () => resolve())
      }),
    get events() {
      return events
    },
  }
  return time
}

/** What is put off to the next tick may put off something itself, as streams do, twice at most. */
const rounds = 4

/**
 * All that can go on without time passing has gone on: a tick comes after every promise that is settled. A turn of the event loop would say so too,
 * for the price of a look at the system each time.
 */
async function quiet(isBusy: () => boolean): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await new Promise<void>((resolve) => process.nextTick(resolve))
  while (isBusy()) await new Promise((resolve) => setImmediate(resolve))
}
