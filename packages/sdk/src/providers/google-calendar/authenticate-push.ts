import { encodeText } from '../../crypto/base64url.ts'
import { equalBytes } from '../../crypto/equal-bytes.ts'
import { TenantryError } from '../../errors/index.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { SubscriptionRecord } from '../../ports/index.ts'
import { calendarPushAddress } from '../../vendors/google/names.ts'
import type { Notification, ProviderPorts, PushRequest } from '../provider.ts'
import { readChannelToken } from './channel-token.ts'
import { parseExpiry } from './parse-expiry.ts'
import { channelSeconds } from './subscribe.ts'

const states = ['sync', 'exists', 'not_exists']

/**
 * Proves a channel post: a channel of ours, its token, its resource. All facts are in headers; the body is empty and not read. A header that
 * came twice is joined by then, and equals nothing. One of ours that no row knows any more is acknowledged, and stopped at the next look.
 * Source: developers.google.com/workspace/calendar/api/guides/push.
 * @throws `push_unauthenticated`, `push_malformed`, `unavailable`
 */
export async function authenticateCalendarPush(ports: ProviderPorts, request: PushRequest): Promise<readonly [Notification]> {
  const read = (name: string) => request.headers.get(`x-goog-${name}`) ?? ''
  const record = await prove(ports, { channelId: read('channel-id'), token: read('channel-token'), resourceId: read('resource-id') })
  const state = read('resource-state')
  const number = read('message-number')
  // At most 19 digits: a 64-bit number, written in one way only.
  if (!states.includes(state) || !/^[1-9]\d{0,18}$/.test(number)) throw new TenantryError('push_malformed')
  const pipe = learn(record, { resourceId: read('resource-id'), expiresAt: parseExpiry(read('channel-expiration'), ports.clock.now()) })
  const notification = {
    tenantId: record.tenantId,
    to: { connectionId: record.connectionId },
    dedupeKey: `${record.id}/${number}`,
    handshake: state === 'sync' || isReplaced(record),
    ...(pipe !== null && { pipe }),
  }
  return [notification]
}

interface Claim {
  readonly channelId: string
  readonly token: string
  readonly resourceId: string
}

/** Everything is looked up, hashed and compared whatever is wrong, so that the time tells nothing. @throws `push_unauthenticated` */
async function prove(ports: ProviderPorts, { channelId, token, resourceId }: Claim): Promise<SubscriptionRecord> {
  const found = await ports.store.subscriptions.findById(/^[\w-]{1,64}$/.test(channelId) ? channelId : '-')
  const record = found?.provider === 'google-calendar' ? found : null
  const hash = await hashText(ports.crypto, token)
  const sameToken = equalBytes(encodeText(hash), encodeText(record?.tokenHash ?? ''))
  const sameResource = equalBytes(encodeText(resourceId), encodeText(record?.resourceId ?? resourceId))
  if (record !== null && sameToken && sameResource) return record
  const lost = found === null ? await recall(ports, { channelId, token }) : null
  if (lost === null) throw new TenantryError('push_unauthenticated')
  return { ...lost, tokenHash: hash }
}

/** The row of a channel that we opened and forgot; `null` for any other. @throws `push_malformed` when its connection is gone, with which it could be stopped */
async function recall(ports: ProviderPorts, claim: Pick<Claim, 'channelId' | 'token'>): Promise<SubscriptionRecord | null> {
  const connectionId = await readChannelToken(ports, claim)
  if (connectionId === null) return null
  const connection = await ports.store.connections.findById(connectionId)
  if (connection === null) throw new TenantryError('push_malformed')
  const now = ports.clock.now()
  const { tenantId, provider } = connection
  return {
    tenantId,
    connectionId,
    id: claim.channelId,
    provider,
    state: 'retiring',
    tokenHash: null,
    resourceId: null,
    target: calendarPushAddress(ports.pushUrl),
    // Until its posts say when: the longest that it can live.
    expiresAt: now + channelSeconds * 1000,
    createdAt: now,
  }
}

const isReplaced = ({ state }: SubscriptionRecord): boolean => state === 'retiring' || state === 'retired'

/** What a genuine post tells of its channel: its resource before Google's answer did, or never did; and that one which was stopped still lives. */
function learn(record: SubscriptionRecord, told: Pick<SubscriptionRecord, 'resourceId' | 'expiresAt'>): SubscriptionRecord | null {
  if (isReplaced(record)) return { ...record, ...unknownOf(record, told), state: 'retiring' }
  const news = unknownOf(record, told)
  return news === null ? null : { ...record, ...news }
}

/** As long as the resource is not known, neither is the end: what is stored is what was asked for. */
function unknownOf(record: SubscriptionRecord, { resourceId, expiresAt }: Pick<SubscriptionRecord, 'resourceId' | 'expiresAt'>) {
  if (record.resourceId === null && resourceId !== null && /^[\x21-\x7E]{1,256}$/.test(resourceId))
    return { resourceId, expiresAt: expiresAt ?? record.expiresAt }
  return record.expiresAt === null && expiresAt !== null ? { expiresAt } : null
}
