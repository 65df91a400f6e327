import type { Connection } from '../../../model/index.ts'
import type {
  AttemptRecord,
  AuditRecord,
  BreakerRecord,
  ContentRecord,
  DataKeyRecord,
  FlowRecord,
  GoodbyeRecord,
  InboxRecord,
  ItemRecord,
  OutboxRecord,
  PushEndpointRecord,
  SubscriptionRecord,
  TokenRecord,
} from '../../../ports/index.ts'

/** 2026-01-01T00:00:00Z, epoch milliseconds. */
export const start = Date.UTC(2026, 0, 1)

export const minute = 60_000

const owner = { tenantId: 'tenant-a', connectionId: 'connection-1' }

export function newConnection(over: Partial<Connection> = {}): Connection {
  return {
    tenantId: 'tenant-a',
    id: 'connection-1',
    provider: 'gmail',
    ownerUserId: 'dana',
    ownerName: 'Dana',
    name: 'Support',
    settings: { mailbox: 'support@acme.test', labels: ['INBOX', 'Ünïcode ✓'], nested: { deep: [1, null, true] } },
    account: { subject: '1122', address: 'Support@Acme.test' },
    status: 'connected',
    reason: null,
    reasonValues: {},
    statusSince: start,
    delivery: 'push',
    deliveryReason: null,
    grantedScopes: ['openid', 'email'],
    appVersion: 'v1',
    createdAt: start,
    updatedAt: start,
    lastSyncAt: null,
    lastPushAt: null,
    lastItemAt: null,
    nextAttemptAt: null,
    failures: 0,
    version: 1,
    generation: 1,
    ...over,
  }
}

export function newToken(over: Partial<TokenRecord> = {}): TokenRecord {
  return {
    ...owner,
    sealedAccess: 'EXAMPLE_sealed_access_1',
    sealedRefresh: 'EXAMPLE_sealed_refresh_1',
    accessExpiresAt: start + 60 * minute,
    refreshExpiresAt: null,
    grantedAt: start,
    version: 1,
    doubtedAt: null,
    rejected: false,
    ...over,
  }
}

export function newFlow(over: Partial<FlowRecord> = {}): FlowRecord {
  return {
    tenantId: 'tenant-a',
    id: 'flow-1',
    userId: 'dana',
    provider: 'gmail',
    connectionId: 'connection-1',
    generation: 1,
    callbackPath: '/api/auth/google/callback',
    redirectUri: 'https://app.test/api/auth/google/callback',
    settings: { mailbox: 'support@acme.test', nested: { list: [1, null] } },
    scopes: ['openid', 'email'],
    appVersion: 'v1',
    sealedVerifier: 'EXAMPLE_sealed_verifier',
    nonceHash: 'EXAMPLE_nonce_hash',
    bindingHash: 'EXAMPLE_binding_hash',
    returnTo: '/settings',
    openerOrigin: 'https://app.test',
    createdAt: start,
    expiresAt: start + 10 * minute,
    consumedAt: null,
    outcome: null,
    ...over,
  }
}

export function newSubscription(over: Partial<SubscriptionRecord> = {}): SubscriptionRecord {
  return {
    ...owner,
    id: 'channel-1',
    provider: 'google-calendar',
    state: 'pending',
    tokenHash: 'EXAMPLE_token_hash',
    resourceId: null,
    target: 'https://app.test/api/calendar/webhooks/google',
    expiresAt: null,
    createdAt: start,
    ...over,
  }
}

export function newPushEndpoint(over: Partial<PushEndpointRecord> = {}): PushEndpointRecord {
  return {
    tenantId: 'tenant-a',
    vendor: 'google',
    key: 'EXAMPLE_push_key_a',
    topic: null,
    subscription: null,
    audience: null,
    signer: null,
    createdAt: start,
    verifiedAt: null,
    journal: null,
    lastReceivedAt: null,
    malformed: 0,
    ...over,
  }
}

export function newInboxRecord(over: Partial<InboxRecord> = {}): InboxRecord {
  return { ...owner, dedupeKey: 'delivery-1', receivedAt: start, ...over }
}

export function newOutboxRecord(over: Partial<OutboxRecord> = {}): OutboxRecord {
  return {
    ...owner,
    id: 'event-1',
    type: 'message.received',
    origin: 'live',
    occurredAt: start,
    sealedPayload: 'EXAMPLE_sealed_payload',
    toFetch: false,
    contentHash: null,
    state: 'pending',
    attempts: 0,
    nextAttemptAt: start,
    createdAt: start,
    ...over,
  }
}

/** A message that is known and not read yet. */
export function newItem(over: Partial<OutboxRecord> = {}): OutboxRecord {
  return newOutboxRecord({ id: 'item-1', sealedPayload: 'EXAMPLE_sealed_reference', toFetch: true, ...over })
}

export function newContent(over: Partial<ContentRecord> = {}): ContentRecord {
  return { tenantId: 'tenant-a', hash: 'EXAMPLE_hash_a', sealed: new Uint8Array([0, 1, 127, 128, 255]), size: 3, createdAt: start, ...over }
}

/** An event of a calendar that the host was told of. */
export function newItemRecord(over: Partial<ItemRecord> = {}): ItemRecord {
  return {
    ...owner,
    id: 'item-1',
    version: 'version-1',
    place: 'place-1',
    eventId: 'event-1',
    toldPlace: null,
    seenIn: 'listing-1',
    ...over,
  }
}

export function newDataKey(over: Partial<DataKeyRecord> = {}): DataKeyRecord {
  return { tenantId: 'tenant-a', id: 'key-1', keyId: 'kek-1', wrapped: 'EXAMPLE_wrapped', createdAt: start, ...over }
}

export function newGoodbye(over: Partial<GoodbyeRecord> = {}): GoodbyeRecord {
  return {
    ...owner,
    id: 'goodbye-1',
    kind: 'connection',
    provider: 'gmail',
    signIn: 'EXAMPLE_sign_in',
    name: 'Support',
    cause: 'disconnect',
    sealed: 'EXAMPLE_sealed_material',
    steps: [
      { id: 'stop/channel-1', state: 'pending', code: 'provider_unavailable', at: start },
      { id: 'revoke', state: 'pending', code: null, at: null },
    ],
    attempts: 0,
    nextAttemptAt: start,
    createdAt: start,
    expiresAt: start + 60 * minute,
    endedAt: null,
    version: 1,
    ...over,
  }
}

export function newBreaker(over: Partial<BreakerRecord> = {}): BreakerRecord {
  return {
    tenantId: 'tenant-a',
    key: 'app/google/gmail',
    reason: 'app_secret_invalid',
    of: 'v1',
    blockedUntil: start + minute,
    failures: 1,
    since: start,
    ...over,
  }
}

/** What the host asked for under a key of its own. */
export function newAttempt(
  over: Partial<Pick<AttemptRecord, 'tenantId' | 'connectionId' | 'key' | 'contentHash'>> = {},
): Pick<AttemptRecord, 'tenantId' | 'connectionId' | 'key' | 'contentHash'> {
  return { ...owner, key: 'EXAMPLE_key_1', contentHash: 'EXAMPLE_hash_a', ...over }
}

export function newAuditRecord(over: Partial<AuditRecord> = {}): AuditRecord {
  return {
    tenantId: 'tenant-a',
    sequence: 1,
    at: start,
    actor: 'dana',
    action: 'google.save',
    subject: 'google',
    outcome: 'ok',
    previousHash: '',
    hash: 'EXAMPLE_hash_1',
    ...over,
  }
}
