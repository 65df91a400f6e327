import type { OutboxSettlement, Repositories, TaskEnd } from '../../../ports/index.ts'
import {
  minute,
  newAttempt,
  newAuditRecord,
  newBreaker,
  newContent,
  newConnection,
  newDataKey,
  newFlow,
  newGoodbye,
  newInboxRecord,
  newItemRecord,
  newOutboxRecord,
  newPushEndpoint,
  newSubscription,
  newToken,
  start,
} from './records.ts'

export type MethodName = { [Name in keyof Repositories]: `${Name}.${keyof Repositories[Name] & string}` }[keyof Repositories]

/** The answer is a refusal, because the id is unique over all tenants. */
export const refused = Symbol('refused')

/** The method says in its words that it looks at all tenants. */
export const everyTenant = Symbol('every tenant')

export interface Call {
  readonly run: (on: Repositories, tenantId: string) => Promise<unknown>
  /** What a tenant without any rows gets, while another tenant has rows with the very same ids. */
  readonly stranger: unknown
}

const id = 'connection-1'

const lease = { owner: 'worker', now: start, leaseMs: 1000 }

/** One of each kind, on the items that the isolation tests lay out. */
const settlements: readonly OutboxSettlement[] = [
  {
    id: 'to-fetch-1',
    kind: 'fetched',
    sealedPayload: 'EXAMPLE_mine',
    contentHash: 'EXAMPLE_hash_a',
    occurredAt: start,
    origin: 'gapfill',
  },
  { id: 'to-fetch-2', kind: 'dropped' },
  { id: 'to-fetch-3', kind: 'failed', attempts: 9, nextAttemptAt: start + 9, quarantine: true },
]

const end = (tenantId: string): TaskEnd => ({
  task: { tenantId, connectionId: id, kind: 'renew', dueAt: start, attempts: 0, fence: 1 },
  nextDueAt: null,
  attempts: 'reset',
})

const call = (stranger: unknown, run: Call['run']): Call => ({ run, stranger })

/** Every method of every repository. A new method does not compile until it stands here, and so has an isolation test. */
export const calls: Record<MethodName, Call> = {
  'connections.insert': call(undefined, (on, tenantId) => on.connections.insert(newConnection({ tenantId }))),
  'connections.get': call(null, (on, tenantId) => on.connections.get(tenantId, id)),
  'connections.hold': call(null, (on, tenantId) => on.connections.hold(tenantId, id)),
  'connections.getMany': call([], (on, tenantId) => on.connections.getMany([{ tenantId, id }])),
  'connections.tally': call(everyTenant, (on) => on.connections.tally(10)),
  'connections.findById': call(everyTenant, (on) => on.connections.findById(id)),
  'connections.list': call([], (on, tenantId) => on.connections.list(tenantId)),
  'connections.findByAddress': call([], (on, tenantId) => on.connections.findByAddress(tenantId, 'gmail', 'support@acme.test')),
  'connections.update': call(null, (on, tenantId) => on.connections.update(tenantId, id, 1, { name: 'Taken over' }, start)),
  'connections.remove': call(undefined, (on, tenantId) => on.connections.remove(tenantId, id)),
  'tokens.get': call(null, (on, tenantId) => on.tokens.get(tenantId, id)),
  'tokens.listEnds': call([], (on, tenantId) => on.tokens.listEnds(tenantId, [id])),
  'tokens.put': call(true, (on, tenantId) => on.tokens.put(newToken({ tenantId, version: 9, refreshExpiresAt: start + 7 }))),
  'tokens.acquireLease': call(null, (on, tenantId) => on.tokens.acquireLease(tenantId, id, { ...lease, now: start + 9999, version: 1 })),
  'tokens.commit': call(false, (on, tenantId) => on.tokens.commit(newToken({ tenantId, version: 2 }), { version: 1, fence: 1 })),
  'tokens.releaseLease': call(undefined, (on, tenantId) => on.tokens.releaseLease(tenantId, id, { fence: 1, settled: true })),
  'tokens.doubt': call(undefined, (on, tenantId) => on.tokens.doubt(tenantId, id, { version: 9, at: start })),
  'tokens.reject': call(false, (on, tenantId) => on.tokens.reject(tenantId, id, 9)),
  'tokens.remove': call(undefined, (on, tenantId) => on.tokens.remove(tenantId, id)),
  'flows.insert': call(undefined, (on, tenantId) => on.flows.insert(newFlow({ tenantId }))),
  'flows.get': call(null, (on, tenantId) => on.flows.get(tenantId, 'flow-1')),
  'flows.consume': call(null, (on, tenantId) => on.flows.consume(tenantId, 'flow-1', start)),
  'flows.finish': call(undefined, (on, tenantId) => on.flows.finish(tenantId, 'flow-1', { outcome: 'failed', code: null, values: {} })),
  'flows.countLive': call(0, (on, tenantId) => on.flows.countLive(tenantId, 'dana', start)),
  'flows.removeExpired': call(everyTenant, (on) => on.flows.removeExpired(start)),
  'subscriptions.put': call(refused, (on, tenantId) => on.subscriptions.put(newSubscription({ tenantId }))),
  'subscriptions.findById': call(everyTenant, (on) => on.subscriptions.findById('channel-1')),
  'subscriptions.findByIds': call(everyTenant, (on) => on.subscriptions.findByIds(['channel-1'])),
  'subscriptions.list': call([], (on, tenantId) => on.subscriptions.list(tenantId, id)),
  'subscriptions.listMany': call([], (on, tenantId) => on.subscriptions.listMany([{ tenantId, connectionId: id }])),
  'subscriptions.remove': call(undefined, (on, tenantId) => on.subscriptions.remove(tenantId, 'channel-1')),
  'subscriptions.listEnding': call(everyTenant, (on) => on.subscriptions.listEnding(start, 10)),
  'subscriptions.removeEnded': call(everyTenant, (on) => on.subscriptions.removeEnded(start, 10)),
  'pushEndpoints.findByKey': call(everyTenant, (on) => on.pushEndpoints.findByKey('EXAMPLE_push_key_a')),
  'pushEndpoints.get': call(null, (on, tenantId) => on.pushEndpoints.get(tenantId, 'google')),
  'pushEndpoints.put': call(refused, (on, tenantId) => on.pushEndpoints.put(newPushEndpoint({ tenantId }))),
  'pushEndpoints.note': call(undefined, (on, tenantId) => on.pushEndpoints.note(tenantId, 'google', { receivedAt: start, malformed: 1 })),
  'syncStates.get': call(null, (on, tenantId) => on.syncStates.get(tenantId, id)),
  'syncStates.setCursor': call(undefined, (on, tenantId) => on.syncStates.setCursor(tenantId, id, 'mine')),
  'syncStates.request': call(undefined, (on, tenantId) => on.syncStates.request(tenantId, id)),
  'syncStates.acquire': call(null, (on, tenantId) => on.syncStates.acquire(tenantId, id, { ...lease, now: start + 9999 })),
  'syncStates.advance': call(false, (on, tenantId) =>
    on.syncStates.advance(tenantId, id, { fence: 2, cursor: 'mine', now: start, leaseMs: 0 }),
  ),
  'syncStates.release': call(null, (on, tenantId) => on.syncStates.release(tenantId, id, { fence: 2, processed: 1 })),
  'syncStates.remove': call(undefined, (on, tenantId) => on.syncStates.remove(tenantId, id)),
  'inbox.receive': call(0, (on, tenantId) =>
    on.inbox.receive({ tenantId, provider: 'gmail', to: { connectionId: id }, dedupeKey: 'mine', receivedAt: start, requestsSync: true }),
  ),
  'inbox.insert': call(true, (on, tenantId) => on.inbox.insert(newInboxRecord({ tenantId }))),
  'inbox.count': call(0, (on, tenantId) => on.inbox.count(tenantId, id)),
  'inbox.removeBefore': call(everyTenant, (on) => on.inbox.removeBefore(start, 10)),
  'outbox.insert': call(1, (on, tenantId) => on.outbox.insert([newOutboxRecord({ tenantId })])),
  'outbox.get': call(null, (on, tenantId) => on.outbox.get(tenantId, id, 'event-1')),
  'outbox.listDue': call([], (on, tenantId) => on.outbox.listDue(tenantId, id, start, 10)),
  'outbox.listStatuses': call([], (on, tenantId) => on.outbox.listStatuses(tenantId, id, 10)),
  'outbox.nextDueAt': call(null, (on, tenantId) => on.outbox.nextDueAt(tenantId, id)),
  'outbox.takeToFetch': call([], (on, tenantId) => on.outbox.takeToFetch(tenantId, id, { now: start, retryAt: start + 9, limit: 10 })),
  'outbox.nextFetchAt': call(null, (on, tenantId) => on.outbox.nextFetchAt(tenantId, id)),
  'outbox.settle': call(undefined, (on, tenantId) => on.outbox.settle(tenantId, id, settlements)),
  'outbox.complete': call(false, (on, tenantId) => on.outbox.complete(tenantId, id, 'event-1')),
  'outbox.fail': call(undefined, (on, tenantId) =>
    on.outbox.fail(tenantId, id, 'event-1', { attempts: 9, nextAttemptAt: start, quarantine: true }),
  ),
  'outbox.count': call(0, (on, tenantId) => on.outbox.count(tenantId, id, 'pending')),
  'outbox.countMany': call([], (on, tenantId) => on.outbox.countMany(tenantId, [id], 'pending')),
  'outbox.redrive': call(0, (on, tenantId) => on.outbox.redrive(tenantId, id, start)),
  'outbox.removeDone': call(everyTenant, (on) => on.outbox.removeDone(start, 10)),
  'contents.put': call(undefined, (on, tenantId) => on.contents.put([newContent({ tenantId, createdAt: start + 9 })])),
  'contents.get': call(null, (on, tenantId) => on.contents.get(tenantId, 'EXAMPLE_hash_a')),
  'contents.removeUnused': call(everyTenant, (on) => on.contents.removeUnused(start, 10)),
  'items.get': call([], (on, tenantId) => on.items.get(tenantId, id, ['item-1'])),
  'items.put': call(undefined, (on, tenantId) => on.items.put([newItemRecord({ tenantId, version: 'mine' })])),
  'items.setTold': call(undefined, (on, tenantId) => on.items.setTold(tenantId, id, 'item-1', 'place-9')),
  'items.listUnseen': call([], (on, tenantId) => on.items.listUnseen(tenantId, id, 'listing-2', 10)),
  'items.remove': call(undefined, (on, tenantId) => on.items.remove(tenantId, id, 'item-1', 'event-1')),
  'items.removeForConnection': call(undefined, (on, tenantId) => on.items.removeForConnection(tenantId, id)),
  'tasks.get': call(null, (on, tenantId) => on.tasks.get(tenantId, id, 'renew')),
  'tasks.schedule': call(undefined, (on, tenantId) => on.tasks.schedule({ tenantId, connectionId: id, kind: 'renew', dueAt: start - 5 })),
  'tasks.claim': call(everyTenant, (on) => on.tasks.claim({ ...lease, limit: 10, perTenant: 10 })),
  'tasks.finish': call([false], (on, tenantId) => on.tasks.finish([end(tenantId)])),
  'tasks.nextDueAt': call(everyTenant, (on) => on.tasks.nextDueAt()),
  'tasks.tally': call(everyTenant, (on) => on.tasks.tally(start, 10)),
  'tasks.removeForConnection': call(undefined, (on, tenantId) => on.tasks.removeForConnection(tenantId, id)),
  'dataKeys.get': call(null, (on, tenantId) => on.dataKeys.get(tenantId, 'key-1')),
  'dataKeys.current': call(null, (on, tenantId) => on.dataKeys.current(tenantId)),
  'dataKeys.insertFirst': call(newDataKey({ tenantId: 'tenant-b' }), (on, tenantId) => on.dataKeys.insertFirst(newDataKey({ tenantId }))),
  'dataKeys.rewrap': call(false, (on, tenantId) =>
    on.dataKeys.rewrap(tenantId, 'key-1', newDataKey(), { keyId: 'kek-2', wrapped: 'EXAMPLE_mine' }),
  ),
  'dataKeys.listWrappedBy': call(everyTenant, (on) => on.dataKeys.listWrappedBy('kek-1', { tenantId: '', id: '' }, 10)),
  'dataKeys.tally': call(everyTenant, (on) => on.dataKeys.tally(10)),
  'dataKeys.removeForTenant': call(undefined, (on, tenantId) => on.dataKeys.removeForTenant(tenantId)),
  'goodbyes.insert': call(true, (on, tenantId) => on.goodbyes.insert(newGoodbye({ tenantId }))),
  'goodbyes.get': call(null, (on, tenantId) => on.goodbyes.get(tenantId, 'goodbye-1')),
  'goodbyes.list': call([], (on, tenantId) => on.goodbyes.list(tenantId, { connectionIds: [id] })),
  'goodbyes.update': call(null, (on, tenantId) => on.goodbyes.update(tenantId, 'goodbye-1', 1, { sealed: null, endedAt: start })),
  'goodbyes.remove': call(undefined, (on, tenantId) => on.goodbyes.remove(tenantId, 'goodbye-1')),
  'goodbyes.removeEnded': call(everyTenant, (on) => on.goodbyes.removeEnded(start, 10)),
  'tenants.removeRows': call(0, (on, tenantId) => on.tenants.removeRows(tenantId, 100)),
  'breakers.get': call(null, (on, tenantId) => on.breakers.get(tenantId, 'app/google/gmail')),
  'breakers.getMany': call([], (on, tenantId) => on.breakers.getMany([{ tenantId, key: 'app/google/gmail' }])),
  'breakers.trip': call(true, (on, tenantId) => on.breakers.trip(newBreaker({ tenantId }))),
  'breakers.takeTry': call(false, (on, tenantId) =>
    on.breakers.takeTry(tenantId, 'app/google/gmail', { now: start + 60 * 60_000, until: start + 61 * 60_000 }),
  ),
  'breakers.remove': call(false, (on, tenantId) => on.breakers.remove(tenantId, 'app/google/gmail')),
  'breakers.removeBefore': call(everyTenant, (on) => on.breakers.removeBefore(start - 1, 10)),
  'breakers.list': call(everyTenant, (on) => on.breakers.list(10)),
  // The stranger's is full, however much another took.
  'budgets.take': call(0, (on, tenantId) =>
    on.budgets.take(tenantId, 'quota/google/gmail', { costMs: minute, burstMs: minute, now: start }),
  ),
  'budgets.removeBefore': call(everyTenant, (on) => on.budgets.removeBefore(start, 10)),
  // The number is the store's own affair.
  'attempts.begin': call({ begun: true, inDoubt: false }, async (on, tenantId) => {
    const { fence: _, ...begun } = { fence: 0, ...(await on.attempts.begin(newAttempt({ tenantId }), { now: start, leaseMs: minute })) }
    return begun
  }),
  'attempts.renew': call(false, (on, tenantId) =>
    on.attempts.renew(tenantId, id, 'EXAMPLE_key_1', { fence: 1, now: start, leaseMs: minute }),
  ),
  'attempts.finish': call(false, (on, tenantId) => on.attempts.finish(tenantId, id, 'EXAMPLE_key_1', 'EXAMPLE_sealed_mine')),
  'attempts.release': call(undefined, (on, tenantId) => on.attempts.release(tenantId, id, 'EXAMPLE_key_1', { fence: 1, inDoubt: false })),
  'attempts.removeBefore': call(everyTenant, (on) => on.attempts.removeBefore(start, 10)),
  'refreshes.note': call(undefined, (on, tenantId) => on.refreshes.note({ tenantId, vendor: 'google', at: start, refused: true })),
  'refreshes.tally': call(everyTenant, (on) => on.refreshes.tally('google', start)),
  'refreshes.removeBefore': call(everyTenant, (on) => on.refreshes.removeBefore(start, 10)),
  'audit.head': call(null, (on, tenantId) => on.audit.head(tenantId)),
  'audit.append': call(undefined, (on, tenantId) => on.audit.append(newAuditRecord({ tenantId }))),
  'audit.list': call([], (on, tenantId) => on.audit.list(tenantId, 0, 10)),
}
