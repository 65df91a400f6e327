import { isTenantryError, TenantryError } from '../../errors/index.ts'
import { revealSecret } from '../../model/secret.ts'
import type { GoogleGateway, SubscriptionRecord } from '../../ports/index.ts'
import { readBundle } from '../../vendors/google/bundle.ts'
import type { OpenedSubscription, ProviderCall } from '../provider.ts'
import { provision } from './provision.ts'
import { parseGmailSettings } from './settings.ts'
import type { GmailSettings } from './settings.ts'

const dayMs = 24 * 60 * 60_000

/** A watch lasts seven days; Google recommends a renewal each day. Source: developers.google.com/workspace/gmail/api/guides/push. */
export function gmailRenewAt(subscription: SubscriptionRecord): number {
  return subscription.createdAt + dayMs
}

/** Provisions Pub/Sub when the tenant wants it managed, then starts the watch. Labels that do not exist stop it before that. */
export async function subscribeGmail(
  google: GoogleGateway,
  call: ProviderCall,
  current: readonly SubscriptionRecord[],
): Promise<OpenedSubscription> {
  const stored = await call.secrets.get({ tenantId: call.connection.tenantId, name: 'google' })
  const { notifications } = readBundle(stored === null ? null : revealSecret(stored.value))
  if (notifications !== 'managed') return { record: null, pollingReason: null, retire: current }
  const settings = parseGmailSettings(call.connection.settings)
  await assertLabels(google, call, settings)
  try {
    const topic = await provision(call, google.pubsub, call.connection.tenantId)
    return await watch(google, call, { topic, settings, current })
  } catch (error) {
    const unreachable = isTenantryError(error) && error.code === 'push_not_possible'
    if (!unreachable) throw error
    return { record: null, pollingReason: 'push_not_possible', retire: current }
  }
}

async function watch(
  google: GoogleGateway,
  call: ProviderCall,
  { topic, settings, current }: { topic: string; settings: GmailSettings; current: readonly SubscriptionRecord[] },
): Promise<OpenedSubscription> {
  const rule = JSON.stringify([settings.labelMode, ...settings.labelIds])
  const kept = current.find(({ state, target, resourceId }) => state === 'active' && target === topic && resourceId === rule)
  if (kept !== undefined && gmailRenewAt(kept) > call.clock.now()) return { record: kept, pollingReason: null, retire: [] }
  const { historyId, expiresAt } = await google.gmail.watch(
    { accessToken: await call.accessToken() },
    { topicName: topic, labelIds: settings.labelIds, labelFilterBehavior: settings.labelMode },
  )
  const { tenantId, id, provider } = call.connection
  const record: SubscriptionRecord = {
    tenantId,
    connectionId: id,
    id,
    provider,
    state: 'active',
    tokenHash: null,
    resourceId: rule,
    target: topic,
    expiresAt,
    createdAt: call.clock.now(),
  }
  return { record, pollingReason: null, retire: [], cursor: historyId }
}

/** @throws `unknown_label`: importing everything instead would import what the tenant left out */
async function assertLabels(google: GoogleGateway, call: ProviderCall, settings: GmailSettings): Promise<void> {
  const labels = await google.gmail.listLabels({ accessToken: await call.accessToken() })
  const known = new Set(labels.map(({ id }) => id))
  const missing = settings.labelIds.find((id) => !known.has(id))
  if (missing !== undefined) throw new TenantryError('unknown_label', { values: { label: missing } })
}
