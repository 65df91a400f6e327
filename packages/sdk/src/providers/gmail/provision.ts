import { ProviderRefusal, TenantryError } from '../../errors/index.ts'
import { isPubliclyReachable } from '../../model/addresses.ts'
import { revealSecret } from '../../model/secret.ts'
import type { ServiceAccountKey } from '../../model/service-account-key.ts'
import type { IamPolicy, PubSubGateway, PubSubSubscription } from '../../ports/index.ts'
import { readBundle } from '../../vendors/google/bundle.ts'
import { gmailPublisher, googlePushNames, publisherRole } from '../../vendors/google/names.ts'
import { ensurePushEndpoint } from '../../vendors/google/push-endpoint.ts'
import type { ProviderPorts } from '../provider.ts'
import { forgetEndpoint } from './find-endpoint.ts'

const policyTries = 3

/**
 * Makes sure that the tenant's topic, the publisher grant and the push subscription are as they should be, and reads back what was written.
 * When everything is right it only reads. What it finds under its names it adopts.
 * @returns the topic's full name
 * @throws `google_not_configured`, `push_not_possible`, `pubsub_read_back_failed`, ProviderRefusal
 */
export async function provision(ports: ProviderPorts, pubsub: PubSubGateway, tenantId: string): Promise<string> {
  if (!isPubliclyReachable(ports.pushUrl)) throw new TenantryError('push_not_possible')
  const stored = await ports.secrets.get({ tenantId, name: 'google' })
  const bundle = readBundle(stored === null ? null : revealSecret(stored.value))
  const { serviceAccountKey: key, projectId } = bundle
  if (key === undefined || projectId === undefined)
    throw new TenantryError('google_not_configured', { values: { missing: 'serviceAccountKey' } })
  const endpoint = await ensurePushEndpoint(ports, tenantId)
  const names = googlePushNames({ projectId, environment: ports.environment, pushUrl: ports.pushUrl, key: endpoint.key })
  const wanted: PubSubSubscription = {
    name: names.subscription,
    topic: names.topic,
    pushEndpoint: names.endpoint,
    audience: names.audience,
    signer: key.client_email,
  }
  const labels = { 'managed-by': 'tenantry' }
  if ((await pubsub.getTopic(key, names.topic)) === null) await pubsub.createTopic(key, names.topic, labels)
  await grantPublisher(pubsub, key, names.topic)
  await ensureSubscription(pubsub, key, wanted, labels)
  await ports.store.pushEndpoints.put({
    ...endpoint,
    topic: names.topic,
    subscription: names.subscription,
    audience: names.audience,
    signer: key.client_email,
    verifiedAt: ports.clock.now(),
  })
  forgetEndpoint(ports, endpoint.key)
  return names.topic
}

/** Read, add, write with the etag; somebody else's change in between starts it over. */
async function grantPublisher(pubsub: PubSubGateway, key: ServiceAccountKey, topic: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const policy = await pubsub.getTopicPolicy(key, topic)
    if (mayPublish(policy)) return
    const bindings = [...(policy.bindings ?? []), { role: publisherRole, members: [gmailPublisher] }]
    try {
      await pubsub.setTopicPolicy(key, topic, { ...policy, bindings })
      return
    } catch (error) {
      const raced = error instanceof ProviderRefusal && error.httpStatus === 409
      if (!raced || attempt >= policyTries) throw error
    }
  }
}

/** A conditional grant may not hold when it matters, so it does not count. */
export function mayPublish(policy: IamPolicy): boolean {
  return (policy.bindings ?? []).some(
    ({ role, members, condition }) => role === publisherRole && condition === undefined && members.includes(gmailPublisher),
  )
}

async function ensureSubscription(
  pubsub: PubSubGateway,
  key: ServiceAccountKey,
  wanted: PubSubSubscription,
  labels: Record<string, string>,
): Promise<void> {
  const found = await pubsub.getSubscription(key, wanted.name)
  if (found === null) await pubsub.createSubscription(key, { ...wanted, labels })
  else if (!isAsWanted(found, wanted)) await pubsub.modifyPush(key, wanted)
  else return
  const written = await pubsub.getSubscription(key, wanted.name)
  if (written === null || !isAsWanted(written, wanted)) throw new TenantryError('pubsub_read_back_failed')
}

export function isAsWanted(found: PubSubSubscription, wanted: PubSubSubscription): boolean {
  return (
    found.topic === wanted.topic &&
    found.pushEndpoint === wanted.pushEndpoint &&
    found.audience === wanted.audience &&
    found.signer === wanted.signer
  )
}
