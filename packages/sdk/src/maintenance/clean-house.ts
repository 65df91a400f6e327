import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Store } from '../ports/index.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const limit = 1_000
/** In one sweep, so that no task waits long for it. */
const rounds = 10
/** After these there may be more, and they must not grow faster than they are forgotten. */
const soonMs = 2_000
/** What fails may do so for long. */
const failedMs = 15_000

/** Longer than Pub/Sub keeps a message at most (31 days), so that a late repetition is still known. */
const rememberMs = 35 * dayMs
const flowGraceMs = dayMs
/** A vendor's clock may run behind ours. */
const endedGraceMs = hourMs

/** Each forgets at most `limit` rows, and of flows all, and says how many. */
const steps = {
  flows: ({ flows }, now) => flows.removeExpired(now - flowGraceMs),
  inbox: ({ inbox }, now) => inbox.removeBefore(now - rememberMs, limit),
  breakers: ({ breakers }, now) => breakers.removeBefore(now - dayMs, limit),
  refreshes: ({ refreshes }, now) => refreshes.removeBefore(now - hourMs, limit),
  attempts: ({ attempts }, now) => attempts.removeBefore(now - rememberMs, limit),
  budgets: ({ budgets }, now) => budgets.removeBefore(now - hourMs, limit),
  outbox: ({ outbox }, now) => outbox.removeDone(now - rememberMs, limit),
  subscriptions: ({ subscriptions }, now) => subscriptions.removeEnded(now - endedGraceMs, limit),
  goodbyes: ({ goodbyes }, now) => goodbyes.removeEnded(now - rememberMs, limit),
  contents: ({ contents }, now) => contents.removeUnused(now - hourMs, limit),
} satisfies Record<string, (store: Store, now: number) => Promise<number>>

/** When each step comes next in this process. */
const plans = new WeakMap<Context, Map<string, number>>()

/**
 * Forgets what nobody needs any more: each kind of rows once an hour in each process, and soon again where some are left or it failed, which holds up
 * neither the others nor the sweep.
 */
export async function cleanHouse(context: Context): Promise<void> {
  const plan = plans.get(context) ?? new Map<string, number>()
  plans.set(context, plan)
  for (const [name, remove] of Object.entries(steps)) {
    const now = context.clock.now()
    if (now < (plan.get(name) ?? 0)) continue
    // Another sweep of this process may come by meanwhile.
    plan.set(name, now + hourMs)
    const againMs = await clean(context, name, () => remove(context.store, now))
    plan.set(name, now + againMs)
  }
}

/** Small pieces, so that nothing is locked for long. @returns how long it may wait for the next ones */
async function clean(context: Context, table: string, remove: () => Promise<number>): Promise<number> {
  try {
    for (let round = 0; round < rounds; round += 1) if ((await remove()) < limit) return hourMs
    return soonMs
  } catch (error) {
    context.logger.log('warn', 'house.not_cleaned', { table, reason: isTenantryError(error) ? error.code : 'unknown' })
    return failedMs
  }
}
