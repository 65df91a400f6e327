import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { PushRequest } from '../providers/provider.ts'
import { providerPorts } from './provider-call.ts'

export interface ReceiveInput extends PushRequest {
  /** The push path, which tells the provider. */
  readonly path: string
}

const bodyCap = 256 * 1024

/**
 * Takes a push: proves it, then writes inbox row, sync request and task in one step. Returns only once that is durable. No provider
 * call, no decryption; the payload moves no cursor and picks no tenant.
 * @throws `push_unauthenticated`, `push_malformed`, `payload_too_large`, `not_found`, `unavailable`
 */
export async function receive(context: Context, input: ReceiveInput): Promise<void> {
  if (input.body.byteLength > bodyCap) throw new TenantryError('payload_too_large')
  const provider = [...context.providers.values()].find(({ pushPath }) => pushPath === input.path)
  if (provider === undefined) throw new TenantryError('not_found')
  const notification = await provider.authenticatePush(providerPorts(context, provider), input)
  context.telemetry.count('tenantry.push', 1, { provider: provider.name })
  const { tenantId, to, dedupeKey, handshake } = notification
  const waiting = await context.store.inbox.receive({
    tenantId,
    provider: provider.name,
    to,
    dedupeKey,
    receivedAt: context.clock.now(),
    requestsSync: !handshake,
  })
  if (waiting > 0) context.jobs.wake()
}
