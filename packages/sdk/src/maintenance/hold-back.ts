import { breakerPlace, mendBreaker, throttlePlace, tripBreaker } from '../connections/breaker.ts'
import { setStatus } from '../connections/change.ts'
import type { Context } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { spread } from '../model/spread.ts'
import type { BreakerRecord, TaskKind } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { TaskResult } from './task-result.ts'

/** A task that asks a provider, with what it needs. */
export interface ProviderTask {
  readonly kind: TaskKind
  readonly connection: Connection
  readonly provider: AnyProvider
}

export type Breakers = ReadonlyMap<string, BreakerRecord>

const scopes = ['vendor', 'app', 'quota'] as const
const tryMs = 60_000
const firstHoldMs = 30_000
const longestHoldMs = 5 * 60_000

const nameOf = ({ tenantId, key }: Pick<BreakerRecord, 'tenantId' | 'key'>): string => JSON.stringify([tenantId, key])

/** What is broken of all that these tasks need, in one question. @throws `unavailable` */
export async function readBreakers(context: Context, tasks: readonly ProviderTask[]): Promise<Breakers> {
  const places = tasks.flatMap(({ connection, provider }) => [
    throttlePlace(connection, provider),
    ...scopes.map((scope) => breakerPlace(scope, connection, provider)),
  ])
  const distinct = [...new Map(places.map((place) => [nameOf(place), place])).values()]
  if (distinct.length === 0) return new Map()
  return new Map((await context.store.breakers.getMany(distinct)).map((breaker) => [nameOf(breaker), breaker]))
}

/**
 * Whether a task has to wait for something that it shares with others. Of a vendor that was silent, one task in a minute finds out whether it
 * still is; a broken app keeps its own door, which its token asks for.
 * @returns how the task ends untried, or the breaker that it tries, or `null`
 */
export async function holdBack(context: Context, task: ProviderTask, breakers: Breakers): Promise<TaskResult | BreakerRecord | null> {
  const { connection, provider, kind } = task
  const now = context.clock.now()
  const wait = (until: number): TaskResult => ({
    nextDueAt: until + spread(tryMs, `${connection.tenantId}/${connection.id}/${kind}`) - tryMs / 2,
    failed: false,
    postponed: true,
  })
  // What one task of an account was told holds for its others.
  const throttle = breakers.get(nameOf(throttlePlace(connection, provider)))
  if (throttle !== undefined && throttle.blockedUntil > now) return { nextDueAt: throttle.blockedUntil, failed: false, postponed: true }
  if (throttle !== undefined) await context.store.breakers.remove(throttle.tenantId, throttle.key)
  for (const scope of scopes) {
    const breaker = breakers.get(nameOf(breakerPlace(scope, connection, provider)))
    if (breaker === undefined) continue
    if (breaker.blockedUntil > now) {
      if (scope === 'app') await tellBlocked(context, connection, breaker.reason as ErrorCode)
      return wait(breaker.blockedUntil)
    }
    if (scope === 'quota') await mendBreaker(context, breaker)
    if (scope !== 'vendor') continue
    return (await context.store.breakers.takeTry(breaker.tenantId, breaker.key, { now, until: now + tryMs })) ? breaker : wait(now + tryMs)
  }
  return null
}

/** What the one task found that was let through. */
export async function settleTry(context: Context, breaker: BreakerRecord, stillBroken: boolean): Promise<void> {
  if (!stillBroken) return void (await mendBreaker(context, breaker))
  const failures = breaker.failures + 1
  const holdMs = Math.min(firstHoldMs * 2 ** Math.min(failures, 8), longestHoldMs)
  await tripBreaker(context, breaker, { reason: breaker.reason as ErrorCode, holdMs, failures })
}

async function tellBlocked(context: Context, connection: Connection, reason: ErrorCode): Promise<void> {
  if (connection.status === 'blocked_by_app' && connection.reason === reason) return
  await setStatus(context, connection, 'blocked_by_app', { reason })
}
