import * as z from 'zod/mini'
import { decodeBase64Url, decodeText } from '../../crypto/base64url.ts'
import { TenantryError } from '../../errors/index.ts'
import type { PushEndpointRecord } from '../../ports/index.ts'
import { googleIssuers } from '../../vendors/google/google-vendor.ts'
import type { Notification, ProviderPorts, PushRequest } from '../provider.ts'
import { findEndpoint } from './find-endpoint.ts'

const envelopeSchema = z.object({
  subscription: z.string(),
  message: z.object({ data: z.string(), messageId: z.string().check(z.minLength(1), z.maxLength(256)) }),
})

const hintSchema = z.object({ emailAddress: z.string(), historyId: z.union([z.string(), z.number()]) })

/**
 * Proves that Pub/Sub sent this for this tenant's subscription: the path names the tenant, the token is Google's, for exactly this address and
 * by exactly the pinned service account, and the body names the subscription that we made. The mailbox is only
 * looked up inside that tenant. Source: cloud.google.com/pubsub/docs/authenticate-push-subscriptions.
 * @throws `push_unauthenticated`, `push_malformed`
 */
export async function authenticateGmailPush(ports: ProviderPorts, request: PushRequest): Promise<Notification> {
  const endpoint = await proveSender(ports, request)
  const envelope = envelopeSchema.safeParse(parseJson(request.body))
  if (!envelope.success) throw new TenantryError('push_malformed')
  if (envelope.data.subscription !== endpoint.subscription) throw new TenantryError('push_unauthenticated')
  const { data, messageId } = envelope.data.message
  const hint = hintSchema.safeParse(parseJson(decodeBase64Url(data.replaceAll('+', '-').replaceAll('/', '_'))))
  if (!hint.success) throw new TenantryError('push_malformed')
  return {
    tenantId: endpoint.tenantId,
    to: { address: hint.data.emailAddress },
    dedupeKey: `${endpoint.subscription}/${messageId}`,
    handshake: false,
  }
}

async function proveSender(ports: ProviderPorts, request: PushRequest): Promise<PushEndpointRecord> {
  const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (token === undefined || !/^[A-Za-z0-9_-]{32}$/.test(request.key)) throw new TenantryError('push_unauthenticated')
  const endpoint = await findEndpoint(ports, request.key)
  if (endpoint === null || endpoint.audience === null || endpoint.signer === null || endpoint.subscription === null)
    throw new TenantryError('push_unauthenticated')
  const claims = await ports.verifyVendorJwt(token, { issuers: googleIssuers, audience: endpoint.audience })
  const genuine = claims !== null && claims['email'] === endpoint.signer && claims['email_verified'] === true
  if (!genuine) throw new TenantryError('push_unauthenticated')
  return endpoint
}

function parseJson(bytes: Uint8Array | null): unknown {
  if (bytes === null) return undefined
  try {
    return JSON.parse(decodeText(bytes))
  } catch {
    // Not JSON: malformed, which the caller says.
    return undefined
  }
}
