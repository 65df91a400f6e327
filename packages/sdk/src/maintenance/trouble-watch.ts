import { breakerPlace, noteThrottle, tripBreaker } from '../connections/breaker.ts'
import type { Context } from '../context.ts'
import type { ProviderTask } from './hold-back.ts'
import type { TaskResult } from './task-result.ts'

/** As many tasks, of as many tenants, have to have been tried before a vendor as a whole is suspected. */
const leastTasks = 20
const leastTenants = 5
const share = 0.8
const windowMs = 60_000
const firstHoldMs = 30_000
/** So many connections of one tenant in the same minute, and it is not one person's quota. */
const leastThrottled = 3

interface Seen {
  since: number
  tasks: number
  silent: number
  readonly tenants: Set<string>
}

/** Looks at how one sweep's tasks end, and trips a breaker where many fail of the same cause. What it knows is only worth a minute. */
export function createTroubleWatch(context: Context): (task: ProviderTask, result: TaskResult) => Promise<void> {
  const vendors = new Map<string, Seen>()
  const throttled = new Map<string, { since: number; readonly connections: Set<string> }>()

  return async (task, { trouble }) => {
    const now = context.clock.now()
    await watchVendor(now, task, trouble?.kind === 'silent')
    if (trouble?.kind === 'throttled') await watchQuota(now, task, trouble.waitMs)
  }

  async function watchVendor(now: number, { connection, provider }: ProviderTask, isSilent: boolean): Promise<void> {
    const known = vendors.get(provider.vendor.name)
    const seen =
      known !== undefined && now - known.since < windowMs ? known : { since: now, tasks: 0, silent: 0, tenants: new Set<string>() }
    vendors.set(provider.vendor.name, seen)
    seen.tasks += 1
    if (!isSilent) return
    seen.silent += 1
    seen.tenants.add(connection.tenantId)
    if (seen.silent < leastTasks || seen.tenants.size < leastTenants || seen.silent < seen.tasks * share) return
    vendors.delete(provider.vendor.name)
    await tripBreaker(context, breakerPlace('vendor', connection, provider), {
      reason: 'provider_unavailable',
      holdMs: firstHoldMs,
    })
  }

  async function watchQuota(now: number, { connection, provider }: ProviderTask, holdMs: number): Promise<void> {
    await noteThrottle(context, connection, provider, holdMs)
    const place = breakerPlace('quota', connection, provider)
    const name = JSON.stringify([place.tenantId, place.key])
    const known = throttled.get(name)
    const seen = known !== undefined && now - known.since < windowMs ? known : { since: now, connections: new Set<string>() }
    throttled.set(name, seen)
    seen.connections.add(connection.id)
    if (seen.connections.size < leastThrottled) return
    throttled.delete(name)
    await tripBreaker(context, place, { reason: 'throttled', holdMs })
  }
}
