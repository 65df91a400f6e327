import { encodeBase64Url } from '../../crypto/base64url.ts'
import type { Clock, PushEndpointRecord, Random, Store } from '../../ports/index.ts'

/** The tenant's own push address; its path key is made once and stays. */
export async function ensurePushEndpoint(
  ports: { store: Store; random: Random; clock: Clock },
  tenantId: string,
): Promise<PushEndpointRecord> {
  const found = await ports.store.pushEndpoints.get(tenantId, 'google')
  if (found !== null) return found
  return ports.store.pushEndpoints.put({
    tenantId,
    vendor: 'google',
    key: encodeBase64Url(ports.random.bytes(24)),
    topic: null,
    subscription: null,
    audience: null,
    signer: null,
    createdAt: ports.clock.now(),
    verifiedAt: null,
    journal: null,
    lastReceivedAt: null,
    malformed: 0,
  })
}
