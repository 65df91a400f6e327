import { encodeBase64Url } from '../../crypto/base64url.ts'
import { isPubliclyReachable } from '../../model/addresses.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { GoogleGateway, SubscriptionRecord } from '../../ports/index.ts'
import { calendarPushAddress } from '../../vendors/google/names.ts'
import { classifyGoogle } from '../../vendors/google/refusals.ts'
import type { OpenedSubscription, ProviderCall } from '../provider.ts'
import { parseCalendarSettings } from './settings.ts'

const ttlSeconds = 7 * 24 * 60 * 60
const renewAtPart = 0.7
const unableToPush = ['push_not_possible', 'push_not_supported', 'callback_domain_unauthorized'] as const

/** A channel cannot be prolonged, only replaced; at 70 % of its life. */
export function calendarRenewAt({ createdAt, expiresAt }: SubscriptionRecord): number {
  return createdAt + Math.floor(((expiresAt ?? createdAt) - createdAt) * renewAtPart)
}

/**
 * Opens a channel, or keeps the one that is still good. The row is written before the call, because Google's first post can overtake its own
 * answer; the token is kept as a hash only. Source: developers.google.com/workspace/calendar/api/guides/push.
 */
export async function subscribeCalendar(
  google: GoogleGateway,
  call: ProviderCall,
  current: readonly SubscriptionRecord[],
): Promise<OpenedSubscription> {
  const address = calendarPushAddress(call.pushUrl)
  const kept = current.find(
    (record) => record.state === 'active' && record.target === address && calendarRenewAt(record) > call.clock.now(),
  )
  if (kept !== undefined) return { record: kept, pollingReason: null, retire: current.filter(({ id }) => id !== kept.id) }
  if (!isPubliclyReachable(call.pushUrl)) return { record: null, pollingReason: 'push_not_possible', retire: current }
  const token = encodeBase64Url(call.random.bytes(32))
  const pending = await openPending(call, address, token)
  const { calendarId } = parseCalendarSettings(call.connection.settings)
  try {
    const { resourceId, expiresAt } = await google.calendar.watchEvents(
      { accessToken: await call.accessToken() },
      { calendarId, channelId: pending.id, token, address, ttlSeconds },
    )
    return { record: { ...pending, state: 'active', resourceId, expiresAt }, pollingReason: null, retire: current }
  } catch (error) {
    await call.store.subscriptions.remove(pending.tenantId, pending.id)
    const reason = unableToPush.find((code) => code === classifyGoogle(error).error.code)
    if (reason === undefined) throw error
    return { record: null, pollingReason: reason, retire: current }
  }
}

async function openPending(call: ProviderCall, address: string, token: string): Promise<SubscriptionRecord> {
  const pending: SubscriptionRecord = {
    tenantId: call.connection.tenantId,
    connectionId: call.connection.id,
    id: call.random.uuid(),
    provider: call.connection.provider,
    state: 'pending',
    tokenHash: await hashText(call.crypto, token),
    resourceId: null,
    target: address,
    expiresAt: null,
    createdAt: call.clock.now(),
  }
  await call.store.subscriptions.put(pending)
  return pending
}
