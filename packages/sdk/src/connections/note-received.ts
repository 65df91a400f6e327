import type { Context } from '../context.ts'
import type { AnyProvider } from '../providers/provider.ts'

const everyMs = 5_000
const limit = 10_000

const noted = new WeakMap<Context, Map<string, number>>()

interface Received {
  readonly tenantId: string
  /** The path key of the push endpoint. */
  readonly key: string
  readonly receivedAt: number
  /** Asked for by somebody who waits for it. */
  readonly isTest: boolean
}

/** Remembers that something genuine arrived, once in five seconds for each endpoint: the rest of the intake stays one statement. @throws `unavailable` */
export async function noteReceived(
  context: Context,
  provider: AnyProvider,
  { tenantId, key, receivedAt, isTest }: Received,
): Promise<void> {
  const times = noted.get(context) ?? new Map<string, number>()
  noted.set(context, times)
  const last = times.get(key)
  if (!isTest && last !== undefined && receivedAt - last < everyMs) return
  if (times.size >= limit) times.delete(times.keys().next().value ?? '')
  times.set(key, receivedAt)
  try {
    await context.store.pushEndpoints.note(tenantId, provider.vendor.name, { receivedAt, malformed: 0 })
  } catch (error) {
    times.delete(key)
    throw error
  }
}
