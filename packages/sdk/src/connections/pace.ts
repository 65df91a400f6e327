import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { AnyProvider, Pace } from '../providers/provider.ts'
import { breakerPlace, throttlePlace } from './breaker.ts'
import { OutOfBudget } from './out-of-budget.ts'

/*
 * Of a pace of n requests, half may be asked at once and the other half comes back in its time, so that the shared budget gives n at most in any
 * such time. Each process may go beyond it by what it asks for nothing, n/60, and by what it took and has not used, n/80. With p processes that is
 * n * (1 + 7p/240): 1.24 n for 8, less than the vendor's limit when n is 80 % of it.
 */
const freeShare = 60
const chunkShare = 80
/** So that work that is held back comes again for a quarter of a burst, and not for each request. */
const leastWaitMs = 15_000
const most = 10_000

/** What this process may still ask of one budget without the store. Times are epoch milliseconds. */
interface Allowance {
  free: number
  lastFreeAt: number
  taken: number
  emptyUntil: number
  taking: Promise<void> | null
}

type Place = ReturnType<typeof breakerPlace>

const allowances = new WeakMap<Context, Map<string, Allowance>>()

/**
 * Spends one request of the account's budget and one of the project's. The first requests after a minute of silence cost no look at the store.
 * @throws OutOfBudget when the vendor has to be left alone for a while; nothing is waited for, because a sweep has other work
 */
export async function spendRequest(context: Context, provider: AnyProvider, connection: Connection): Promise<void> {
  const { pace } = provider
  if (pace === undefined) return
  await spend(context, throttlePlace(connection, provider), pace.account)
  await spend(context, breakerPlace('quota', connection, provider), pace.project)
}

async function spend(context: Context, place: Place, pace: Pace): Promise<void> {
  const allowance = allowanceOf(context, place)
  for (;;) {
    const now = context.clock.now()
    if (allowance.taken > 0) {
      allowance.taken -= 1
      return
    }
    // Counted from the last one, so that no span of this length sees more of them.
    if (now - allowance.lastFreeAt >= pace.perMs) allowance.free = shareOf(pace, freeShare)
    if (allowance.free > 0) {
      allowance.free -= 1
      allowance.lastFreeAt = now
      return
    }
    const waitMs = allowance.emptyUntil - now
    // A longer wait than any that was named: the clock went back.
    if (waitMs > 0 && waitMs <= pace.perMs) throw new OutOfBudget(waitMs)
    allowance.taking ??= take(context, place, pace, allowance).finally(() => (allowance.taking = null))
    await allowance.taking
  }
}

/** Once for all who wait for it in this process. */
async function take(context: Context, { tenantId, key }: Place, pace: Pace, allowance: Allowance): Promise<void> {
  const requests = shareOf(pace, chunkShare)
  const costMs = Math.ceil((requests * 2 * pace.perMs) / pace.requests)
  const now = context.clock.now()
  const waitMs = await context.store.budgets.take(tenantId, key, { costMs, burstMs: Math.max(pace.perMs, costMs), now })
  if (waitMs === 0) allowance.taken += requests
  else allowance.emptyUntil = context.clock.now() + Math.min(Math.max(waitMs, leastWaitMs), pace.perMs)
}

const shareOf = ({ requests }: Pace, share: number): number => Math.max(1, Math.floor(requests / share))

function forgetFirst(all: Map<string, Allowance>): void {
  const [first] = all.keys()
  if (first !== undefined) all.delete(first)
}

function allowanceOf(context: Context, { tenantId, key }: Place): Allowance {
  const all = allowances.get(context) ?? new Map<string, Allowance>()
  allowances.set(context, all)
  const name = JSON.stringify([tenantId, key])
  const allowance = all.get(name) ?? { free: 0, lastFreeAt: -Infinity, taken: 0, emptyUntil: 0, taking: null }
  // Put at the end, so that the first is the one that was idle longest and has least to forget.
  all.delete(name)
  all.set(name, allowance)
  if (all.size > most) forgetFirst(all)
  return allowance
}
