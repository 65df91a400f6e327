import type { PushFault } from '../faults/fault-book.ts'
import type { World } from '../state/world.ts'

// Longer than the second between two notifications of one mailbox.
const OVERTAKEN_AFTER = 2000

/** What becomes of one attempt after the faults had their way. */
export interface PushPlan {
  /** Counts as accepted, but nobody hears of it. */
  drop: boolean
  /** Virtual ms to wait first. */
  delay: number
  copies: number
  /** Spoiled tokens asked for. */
  spoil: PushFault['kind'][]
}

/** Takes the faults that hit this attempt. */
export function playPushFaults(world: World, delivery: PushFault['delivery']): PushPlan {
  const plan: PushPlan = { drop: false, delay: 0, copies: 1, spoil: [] }
  for (const fault of world.faults.takeForPush(delivery)) {
    if (fault.kind === 'drop') plan.drop = true
    else if (fault.kind === 'latency') plan.delay += fault.ms ?? 1000
    else if (fault.kind === 'reorder') plan.delay += OVERTAKEN_AFTER
    else if (fault.kind === 'duplicate') plan.copies += 1
    else plan.spoil.push(fault.kind)
  }
  return plan
}
