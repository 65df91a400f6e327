import { ProviderRefusal, TenantryError } from '../../errors/index.ts'
import type { ErrorCode } from '../../errors/index.ts'
import { isPubliclyReachable } from '../../model/addresses.ts'
import { spread } from '../../model/spread.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { GoogleGateway, SubscriptionRecord } from '../../ports/index.ts'
import { calendarPushAddress } from '../../vendors/google/names.ts'
import { classifyGoogle } from '../../vendors/google/refusals.ts'
import type { OpenedSubscription, ProviderCall } from '../provider.ts'
import { newChannelToken } from './channel-token.ts'
import { parseExpiry } from './parse-expiry.ts'
import { chosenCalendar, parseCalendarSettings } from './settings.ts'

/** The longest that Google lets a channel live. */
export const channelSeconds = 7 * 24 * 60 * 60
const unableToPush = ['push_not_possible', 'push_not_supported', 'callback_domain_unauthorized'] as const

/** A channel cannot be prolonged, only replaced: at 65 to 70 % of its life, by its name. */
export function calendarRenewAt({ id, createdAt, expiresAt }: SubscriptionRecord): number {
  const life = (expiresAt ?? createdAt) - createdAt
  return createdAt + Math.floor(life / 2) + spread(Math.floor(life / 5), id)
}

/**
 * Opens a channel, or keeps the one that is still good. The row is written before the call, because Google's first post can overtake its own
 * answer; the token is kept as a hash only. Source: developers.google.com/workspace/calendar/api/guides/push.
 * @throws `calendar_not_chosen`, ProviderRefusal
 */
export async function subscribeCalendar(
  google: GoogleGateway,
  call: ProviderCall,
  current: readonly SubscriptionRecord[],
): Promise<OpenedSubscription> {
  const settings = parseCalendarSettings(call.connection.settings)
  const calendarId = chosenCalendar(settings)
  const polled = (pollingReason: ErrorCode): OpenedSubscription => ({ record: null, pollingReason, retire: current })
  if (settings.direction === 'to_google') return polled('direction_to_google')
  if (!isPubliclyReachable(call.pushUrl)) return polled('push_not_possible')
  const address = calendarPushAddress(call.pushUrl)
  const kept = current.find(
    (record) => record.state === 'active' && record.target === address && calendarRenewAt(record) > call.clock.now(),
  )
  if (kept !== undefined) return { record: kept, pollingReason: null, retire: current.filter(({ id }) => id !== kept.id) }
  try {
    return { record: await openChannel(google, call, { calendarId, address }), pollingReason: null, retire: current }
  } catch (error) {
    const reason = unableToPush.find((code) => code === classifyGoogle(error).error.code)
    if (reason === undefined) throw error
    return polled(reason)
  }
}

/** Stops a channel; one that is already gone counts as stopped. @throws `unavailable` as long as its resource is not known, ProviderRefusal */
export async function stopChannel(google: GoogleGateway, call: ProviderCall, { id, resourceId }: SubscriptionRecord): Promise<void> {
  if (resourceId === null) throw new TenantryError('unavailable')
  await google.calendar.stopChannel({ accessToken: await call.accessToken() }, { channelId: id, resourceId })
}

async function openChannel(
  google: GoogleGateway,
  call: ProviderCall,
  { calendarId, address }: { readonly calendarId: string; readonly address: string },
): Promise<SubscriptionRecord> {
  const accessToken = await call.accessToken()
  const channelId = call.random.uuid()
  const token = await newChannelToken(call, { channelId, connectionId: call.connection.id })
  const pending = await openPending(call, { channelId, token, address })
  const answer = await google.calendar
    .watchEvents({ accessToken }, { calendarId, channelId: pending.id, token, address, ttlSeconds: channelSeconds })
    .catch(async (error: unknown) => {
      if (wasNotOpened(error)) await call.store.subscriptions.remove(pending.tenantId, pending.id)
      else await giveUp(call, pending)
      throw error
    })
  const expiresAt = parseExpiry(answer.expiration, call.clock.now())
  if (expiresAt === null) {
    await giveUp(call, { ...pending, resourceId: answer.resourceId })
    throw new ProviderRefusal({ vendor: 'google', operation: 'calendar.events.watch', httpStatus: 200, reason: 'unexpected_answer' })
  }
  return { ...pending, state: 'active', resourceId: answer.resourceId, expiresAt }
}

interface Asked {
  readonly channelId: string
  readonly token: string
  readonly address: string
}

async function openPending(call: ProviderCall, { channelId, token, address }: Asked): Promise<SubscriptionRecord> {
  const createdAt = call.clock.now()
  const pending: SubscriptionRecord = {
    tenantId: call.connection.tenantId,
    connectionId: call.connection.id,
    id: channelId,
    provider: call.connection.provider,
    state: 'pending',
    tokenHash: await hashText(call.crypto, token),
    resourceId: null,
    target: address,
    // What is asked for, and so the longest that it can live if nobody hears the answer.
    expiresAt: createdAt + channelSeconds * 1000,
    createdAt,
  }
  await call.keepPipe(pending)
  return pending
}

/** Whether Google refused, so that there is no channel. An id that is taken is one that an earlier try of the same request left. */
function wasNotOpened(error: unknown): boolean {
  if (!(error instanceof ProviderRefusal)) return false
  const { httpStatus, reason } = error
  return httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408 && reason !== 'channelIdNotUnique'
}

/** There may be a channel: it is not used, and is stopped as soon as its resource is known, which its first post may have told by now. */
async function giveUp(call: ProviderCall, { tenantId, id, resourceId }: SubscriptionRecord): Promise<void> {
  await call.store.transaction(async ({ subscriptions }) => {
    const row = await subscriptions.findById(id)
    if (row?.tenantId !== tenantId) return
    await subscriptions.put({ ...row, state: 'retiring', resourceId: row.resourceId ?? resourceId })
  })
}
