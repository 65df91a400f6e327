import { ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { ServiceAccountKey } from '../model/service-account-key.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import type { GoogleGateway } from '../ports/index.ts'
import type { CheckOutcome } from '../connections/run-checks.ts'
import { leastPrivilege } from '../vendors/google/least-privilege.ts'

// What can be asked of a topic that is there; the rest shows when it is done.
const onTopic = leastPrivilege.push.filter((permission) => permission.startsWith('pubsub.topics.') && permission !== 'pubsub.topics.create')

/** Whether Google takes the key, and whether it may write to the topic, as far as there is one: a key that only reads looks good until it has to. */
export async function checkKey(
  google: GoogleGateway,
  { serviceAccountKey: key }: GoogleBundle,
  topic: string | null,
): Promise<CheckOutcome> {
  if (key === undefined) throw new TenantryError('google_not_configured', { values: { missing: 'serviceAccountKey' } })
  await google.pubsub.checkKey(key)
  const seen = { actual: key.client_email, facts: { account: key.client_email, keyProjectId: key.project_id } }
  const held = topic === null ? null : await permissionsOn(google, key, topic)
  if (held === null) return seen
  const missing = onTopic.filter((permission) => !held.includes(permission))
  const facts = { ...seen.facts, missing: missing.join(', ') || null }
  if (missing.length === 0) return { ...seen, facts }
  return {
    ...seen,
    facts,
    status: 'fail',
    code: 'pubsub_forbidden',
    values: { permission: missing.join(', ') },
    expected: onTopic.join(', '),
  }
}

async function permissionsOn(google: GoogleGateway, key: ServiceAccountKey, topic: string): Promise<readonly string[] | null> {
  try {
    // For a topic that is gone Google answers with no permission at all.
    if ((await google.pubsub.getTopic(key, topic)) === null) return null
    return await google.pubsub.testTopicPermissions(key, topic, onTopic)
  } catch (error) {
    // No topic yet, or Pub/Sub is off: the topic's own check says so, and the key is not to blame.
    if (error instanceof ProviderRefusal) return null
    throw error
  }
}
