import type { JobRunner } from '../../../ports/index.ts'
import { createMemoryStore, createSeededRandom } from '../../memory/index.ts'
import type { JobRunnerHarness, Tick } from './harness.ts'

const leaseMs = 60_000

/** Text that lies in the store, and must lie nowhere else. */
export const canary = 'EXAMPLE_canary_7f3a91'

export interface DueWork {
  /** Every task that was done, in order. */
  readonly done: readonly string[]
  /** Claims and finishes what is due, as a sweep does. */
  readonly sweep: Tick
  /** Makes tasks due now. */
  add(count: number): Promise<void>
}

/** Due tasks in a store, and the smallest sweep over them. */
export function createDueWork({ store = createMemoryStore(), clock }: JobRunnerHarness): DueWork {
  const done: string[] = []
  let added = 0
  let sweeps = 0
  return {
    done,
    async sweep() {
      sweeps += 1
      const claimed = await store.tasks.claim({ now: clock.now(), owner: `sweep-${sweeps}`, leaseMs, limit: 25, perTenant: 5 })
      for (const { connectionId } of claimed) done.push(connectionId)
      await store.tasks.finish(claimed.map((task) => ({ task, nextDueAt: null, attempts: 'reset' as const })))
      return { nextWakeAt: await store.tasks.nextDueAt() }
    },
    async add(count) {
      for (let at = 0; at < count; at += 1) {
        added += 1
        const connectionId = `${canary}-${added}`
        await store.tasks.schedule({ tenantId: `tenant-${added % 7}`, connectionId, kind: 'renew', dueAt: clock.now() })
      }
    },
  }
}

/** A tick that does nothing most of the time, and counts the times when it did something. */
export function dropTicks(tick: Tick, share: number): { readonly tick: Tick; readonly kept: () => number } {
  const random = createSeededRandom(48)
  let kept = 0
  return {
    kept: () => kept,
    async tick() {
      const [byte = 0] = random.bytes(1)
      if (byte / 256 < share) return { nextWakeAt: null }
      kept += 1
      return tick()
    },
  }
}

export async function startAll(runners: readonly JobRunner[], tick: Tick): Promise<void> {
  for (const runner of runners) await runner.start(tick)
}
