import * as z from 'zod/mini'
import { decodeBase64Url } from '../../../crypto/base64url.ts'
import { TenantryError } from '../../../errors/index.ts'
import type { PushEndpointRecord } from '../../../ports/index.ts'
import { googleIssuers } from '../../../vendors/google/google-vendor.ts'
import type { Notification, ProviderPorts, PushRequest } from '../../provider.ts'
import { findEndpoint } from './find-endpoint.ts'
import { readJournal } from './journal.ts'
import { toNotification } from './notification.ts'
import { parseJson, readHint } from './read-hint.ts'

const envelopeSchema = z.object({
  subscription: z.string(),
  message: z.object({
    // A message may carry attributes only.
    data: z._default(z.string(), ''),
    attributes: z._default(z.record(z.string(), z.unknown()), {}),
    messageId: z.string().check(z.minLength(1), z.maxLength(256)),
  }),
})

/**
 * Proves that Pub/Sub sent this for this tenant's subscription: the path names the tenant, the token is Google's, for exactly this address and
 * by exactly the pinned service account, and the body names the subscription that the tenant has for us. The mailbox is only
 * looked up inside that tenant. Source: cloud.google.com/pubsub/docs/authenticate-push-subscriptions.
 * @throws `push_unauthenticated`; `push_malformed` for a genuine one that cannot be read
 */
export async function authenticateGmailPush(ports: ProviderPorts, request: PushRequest): Promise<readonly [Notification]> {
  const endpoint = await proveSender(ports, request)
  const envelope = envelopeSchema.safeParse(parseJson(request.body))
  if (!envelope.success) throw new TenantryError('push_malformed')
  const { subscription, message } = envelope.data
  if (subscription !== endpoint.subscription) throw new TenantryError('push_unauthenticated')
  const hint = readHint(decodeBase64Url(message.data.replaceAll('+', '-').replaceAll('/', '_')), message.attributes)
  if (hint === null) throw new TenantryError('push_malformed')
  return [toNotification(hint, { tenantId: endpoint.tenantId, subscription, messageId: message.messageId })]
}

async function proveSender(ports: ProviderPorts, request: PushRequest): Promise<PushEndpointRecord> {
  const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (token === undefined || !/^[A-Za-z0-9_-]{32}$/.test(request.key)) throw new TenantryError('push_unauthenticated')
  const endpoint = await findEndpoint(ports, request.key)
  if (endpoint === null || endpoint.audience === null || endpoint.signer === null || endpoint.subscription === null)
    throw new TenantryError('push_unauthenticated')
  const claims = await ports.verifyVendorJwt(token, { issuers: googleIssuers, audience: endpoint.audience })
  const genuine = claims !== null && isSigner(endpoint, claims['email']) && claims['email_verified'] === true
  if (!genuine) throw new TenantryError('push_unauthenticated')
  return endpoint
}

/** The pinned account, or, while a tenant changes from managed to manual, the one that signed until then. */
function isSigner({ signer, journal }: PushEndpointRecord, email: unknown): boolean {
  if (typeof email !== 'string' || email === '') return false
  return email === signer || email === readJournal(journal)?.formerSigner
}
