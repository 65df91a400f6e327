import type { PushEndpointRecord } from '../../../ports/index.ts'
import type { ProviderPorts } from '../../provider.ts'

const lifeMs = 30_000
const limit = 10_000

type Cached = { readonly record: PushEndpointRecord; readonly until: number }

const caches = new WeakMap<ProviderPorts['store'], Map<string, Cached>>()

/**
 * The endpoint that a path key names, remembered for half a minute, because each push asks. A stale one can only refuse what Pub/Sub sends
 * again; unknown keys are not remembered.
 */
export async function findEndpoint(ports: Pick<ProviderPorts, 'store' | 'clock'>, key: string): Promise<PushEndpointRecord | null> {
  const cache = caches.get(ports.store) ?? new Map<string, Cached>()
  caches.set(ports.store, cache)
  const now = ports.clock.now()
  const known = cache.get(key)
  if (known !== undefined && known.until > now) return known.record
  const record = await ports.store.pushEndpoints.findByKey(key)
  if (cache.size >= limit) cache.delete(cache.keys().next().value ?? '')
  if (record === null) cache.delete(key)
  else cache.set(key, { record, until: now + lifeMs })
  return record
}

/** After the endpoint was changed here. */
export function forgetEndpoint(ports: Pick<ProviderPorts, 'store'>, key: string): void {
  caches.get(ports.store)?.delete(key)
}
