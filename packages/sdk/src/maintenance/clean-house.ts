import type { Context } from '../context.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const limit = 1_000
const rounds = 20

/** Longer than Pub/Sub keeps a message at most (31 days), so that a late repetition is still known. */
const rememberMs = 35 * dayMs
const flowGraceMs = dayMs
/** A vendor's clock may run behind ours. */
const endedGraceMs = hourMs

const lastTime = new WeakMap<Context, number>()

/** Forgets what nobody needs any more, a limited piece at a time and once an hour in each process. @throws `unavailable` */
export async function cleanHouse(context: Context): Promise<void> {
  const now = context.clock.now()
  if (now - (lastTime.get(context) ?? 0) < hourMs) return
  lastTime.set(context, now)
  await context.store.flows.removeExpired(now - flowGraceMs)
  await repeat(() => context.store.inbox.removeBefore(now - rememberMs, limit))
  await repeat(() => context.store.breakers.removeBefore(now - dayMs, limit))
  await repeat(() => context.store.refreshes.removeBefore(now - hourMs, limit))
  await repeat(() => context.store.attempts.removeBefore(now - rememberMs, limit))
  await repeat(() => context.store.budgets.removeBefore(now - hourMs, limit))
  await repeat(() => context.store.outbox.removeDone(now - rememberMs, limit))
  await repeat(() => context.store.subscriptions.removeEnded(now - endedGraceMs, limit))
  await repeat(() => context.store.goodbyes.removeEnded(now - rememberMs, limit))
  await repeat(() => context.store.contents.removeUnused(now - hourMs, limit))
}

/** Small pieces, so that nothing is locked for long; what is left then waits an hour. */
async function repeat(remove: () => Promise<number>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) if ((await remove()) < limit) return
}
