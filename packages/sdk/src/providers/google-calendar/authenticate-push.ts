import { encodeText } from '../../crypto/base64url.ts'
import { equalBytes } from '../../crypto/equal-bytes.ts'
import { TenantryError } from '../../errors/index.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { Notification, ProviderPorts, PushRequest } from '../provider.ts'

const states = ['sync', 'exists', 'not_exists']

/**
 * Proves a channel post: a channel that is open, its token, its resource. All facts are in headers; the body is empty and not read.
 * @throws `push_unauthenticated`, `push_malformed`
 */
export async function authenticateCalendarPush(ports: ProviderPorts, request: PushRequest): Promise<Notification> {
  const read = (name: string) => request.headers.get(`x-goog-${name}`) ?? ''
  const channelId = read('channel-id')
  const record = /^[\w+/=-]{1,64}$/.test(channelId) ? await ports.store.subscriptions.findById(channelId) : null
  // Hashed and compared also when there is no such channel, so that both take the same time.
  const hash = await hashText(ports.crypto, read('channel-token'))
  const genuine = equalBytes(encodeText(hash), encodeText(record?.tokenHash ?? ''))
  if (record === null || record.provider !== 'google-calendar' || !genuine) throw new TenantryError('push_unauthenticated')
  if (record.resourceId !== null && record.resourceId !== read('resource-id')) throw new TenantryError('push_unauthenticated')
  const state = read('resource-state')
  const number = read('message-number')
  if (!states.includes(state) || !/^\d{1,20}$/.test(number)) throw new TenantryError('push_malformed')
  return {
    tenantId: record.tenantId,
    to: { connectionId: record.connectionId },
    dedupeKey: `${record.id}/${number}`,
    // A late message of a channel that was replaced or stopped is acknowledged and asks for nothing.
    handshake: state === 'sync' || record.state === 'retired',
  }
}
