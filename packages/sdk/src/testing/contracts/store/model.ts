import { boolean, constantFrom, nat, record } from 'fast-check'
import type { Repositories, Store } from '../../../ports/index.ts'
import { compareWithMemory } from './compare-with-memory.ts'
import type { StoreContractOptions } from './harness.ts'
import {
  minute,
  newAttempt,
  newBreaker,
  newConnection,
  newFlow,
  newInboxRecord,
  newOutboxRecord,
  newPushEndpoint,
  newToken,
  start,
} from './records.ts'

/** One store under the commands, with the fences it gave out: their numbers are its own affair. */
interface Subject {
  readonly on: Repositories
  readonly fences: Map<string, number>
}

/** The random part of a command, in small domains so that commands meet. */
interface Draw {
  readonly tenantId: string
  readonly connectionId: string
  readonly item: number
  readonly time: number
  readonly flag: boolean
}

type Command = (subject: Subject, draw: Draw) => Promise<unknown>

const placeOf = ({ tenantId, connectionId }: Draw) => [tenantId, connectionId] as const

const attemptOf = (draw: Draw) => [...placeOf(draw), 'EXAMPLE_key_1'] as const

function keepFence(subject: Subject, kind: string, draw: Draw, fence: number | undefined): void {
  if (fence !== undefined) subject.fences.set(`${kind} ${placeOf(draw).join(' ')}`, fence)
}

function fenceOf(subject: Subject, kind: string, draw: Draw): number {
  return subject.fences.get(`${kind} ${placeOf(draw).join(' ')}`) ?? 0
}

const commands: Record<string, Command> = {
  insertConnection: ({ on }, { tenantId, connectionId, time, item }) =>
    on.connections.insert(
      newConnection({ tenantId, id: connectionId, createdAt: time, account: { subject: '1', address: `P${item}@Acme.test` } }),
    ),
  updateConnection: ({ on }, draw) =>
    on.connections.update(...placeOf(draw), draw.item + 1, { failures: draw.time, ...(draw.flag && { account: null }) }, draw.time),
  removeConnection: ({ on }, draw) => on.connections.remove(...placeOf(draw), { keepNotices: draw.flag }),
  findByAddress: ({ on }, { tenantId, item }) => on.connections.findByAddress(tenantId, 'gmail', `p${item}@acme.test`),
  putToken: ({ on }, { tenantId, connectionId, item, time }) =>
    on.tokens.put(newToken({ tenantId, connectionId, version: item + 1, accessExpiresAt: time })),
  leaseToken: async (subject, draw) => {
    const lease = await subject.on.tokens.acquireLease(...placeOf(draw), { version: draw.item + 1, owner: 'w', now: draw.time, leaseMs: 3 })
    keepFence(subject, 'token', draw, lease?.fence)
    return lease?.inDoubt ?? null
  },
  commitToken: (subject, draw) => {
    const { tenantId, connectionId, item } = draw
    return subject.on.tokens.commit(newToken({ tenantId, connectionId, version: item + 2 }), {
      version: item + 1,
      fence: fenceOf(subject, 'token', draw),
    })
  },
  releaseToken: (subject, draw) =>
    subject.on.tokens.releaseLease(...placeOf(draw), { fence: fenceOf(subject, 'token', draw), settled: draw.flag }),
  doubtToken: ({ on }, draw) => on.tokens.doubt(...placeOf(draw), { version: draw.item + 1, at: draw.time }),
  rejectToken: ({ on }, draw) => on.tokens.reject(...placeOf(draw), draw.item + 1),
  insertFlow: ({ on }, { tenantId, connectionId, item, time }) =>
    on.flows.insert(newFlow({ tenantId, connectionId, id: `flow-${item}`, expiresAt: time })),
  consumeFlow: ({ on }, { tenantId, item, time }) => on.flows.consume(tenantId, `flow-${item}`, time),
  finishFlow: ({ on }, { tenantId, item }) => on.flows.finish(tenantId, `flow-${item}`, { outcome: 'connected', code: null, values: {} }),
  countFlows: ({ on }, { tenantId, time }) => on.flows.countLive(tenantId, 'dana', time),
  removeFlows: ({ on }, { time }) => on.flows.removeExpired(time),
  setCursor: ({ on }, draw) => on.syncStates.setCursor(...placeOf(draw), draw.flag ? `${draw.time}` : null),
  requestSync: ({ on }, draw) => on.syncStates.request(...placeOf(draw)),
  acquireSync: async (subject, draw) => {
    const lease = await subject.on.syncStates.acquire(...placeOf(draw), { owner: 'w', now: draw.time, leaseMs: 3 })
    keepFence(subject, 'sync', draw, lease?.fence)
    return lease?.state ?? null
  },
  advanceSync: (subject, draw) =>
    subject.on.syncStates.advance(...placeOf(draw), {
      fence: fenceOf(subject, 'sync', draw),
      ...(draw.item > 0 && { cursor: `${draw.time}` }),
      ...(draw.item < 2 && { run: draw.flag ? `run-${draw.time}` : null }),
      now: draw.time,
      leaseMs: 0,
    }),
  releaseSync: (subject, draw) =>
    subject.on.syncStates.release(...placeOf(draw), { fence: fenceOf(subject, 'sync', draw), processed: draw.item }),
  insertInbox: ({ on }, { tenantId, connectionId, item, time }) =>
    on.inbox.insert(newInboxRecord({ tenantId, connectionId, dedupeKey: `${item}`, receivedAt: time })),
  trimInbox: ({ on }, { time }) => on.inbox.removeBefore(time, 99),
  putEndpoint: ({ on }, { tenantId, time, item }) =>
    on.pushEndpoints.put(newPushEndpoint({ tenantId, key: `EXAMPLE_${tenantId}`, journal: `${time}`, malformed: item, createdAt: time })),
  noteEndpoint: ({ on }, { tenantId, time, item }) =>
    on.pushEndpoints.note(tenantId, 'google', { receivedAt: start + (time - start) * 1000, malformed: item }),
  insertOutbox: ({ on }, { tenantId, connectionId, item, time }) =>
    on.outbox.insert(
      [item, item + 1].map((id) =>
        newOutboxRecord({ tenantId, connectionId, id: `event-${id}`, nextAttemptAt: time, ...(id > 1 && { type: 'connection.paused' }) }),
      ),
    ),
  completeOutbox: ({ on }, draw) => on.outbox.complete(...placeOf(draw), `event-${draw.item}`),
  failOutbox: ({ on }, draw) =>
    on.outbox.fail(...placeOf(draw), `event-${draw.item}`, { attempts: draw.item, nextAttemptAt: draw.time, quarantine: draw.flag }),
  listOutbox: ({ on }, draw) => on.outbox.listDue(...placeOf(draw), draw.time, draw.item + 1),
  scheduleTask: ({ on }, { tenantId, connectionId, time, flag }) =>
    on.tasks.schedule({ tenantId, connectionId, kind: 'renew', dueAt: time, reset: flag }),
  claimTasks: async (subject, draw) => {
    const tasks = await subject.on.tasks.claim({ now: draw.time, owner: 'w', leaseMs: 3, limit: 50, perTenant: 50 })
    for (const { tenantId, connectionId, fence } of tasks) keepFence(subject, 'task', { ...draw, tenantId, connectionId }, fence)
    return tasks.map(({ tenantId, connectionId, dueAt, attempts }) => [tenantId, connectionId, dueAt, attempts].join(' ')).toSorted()
  },
  finishTask: (subject, draw) => {
    const { tenantId, connectionId, time, flag, item } = draw
    const task = { tenantId, connectionId, kind: 'renew', dueAt: 0, attempts: 0, fence: fenceOf(subject, 'task', draw) } as const
    const attempts = (['reset', 'count', 'keep'] as const)[flag ? 1 : item]
    return subject.on.tasks.finish([{ task, nextDueAt: item === 0 ? null : time, attempts: attempts ?? 'keep' }])
  },
  nextTask: ({ on }) => on.tasks.nextDueAt(),
  tallyTasks: ({ on }, { time }) => on.tasks.tally(time, 99),
  tripBreaker: ({ on }, { tenantId, connectionId, item, time, flag }) =>
    on.breakers.trip(
      newBreaker({ tenantId, key: connectionId, of: flag ? `v${item}` : null, since: time, blockedUntil: time, failures: item }),
    ),
  tryBreaker: ({ on }, draw) => on.breakers.takeTry(...placeOf(draw), { now: draw.time, until: draw.time + draw.item }),
  removeBreaker: ({ on }, draw) => on.breakers.remove(...placeOf(draw)),
  takeBudget: ({ on }, { tenantId, connectionId, item, time, flag }) =>
    on.budgets.take(tenantId, connectionId, { costMs: item + 1, burstMs: flag ? 4 : 6, now: time }),
  trimBudgets: ({ on }, { time }) => on.budgets.removeBefore(time, 99),
  beginAttempt: async (subject, draw) => {
    const { tenantId, connectionId, item, time, flag } = draw
    const attempt = newAttempt({ tenantId, connectionId, contentHash: flag ? 'EXAMPLE_hash_a' : `EXAMPLE_hash_${item}` })
    const begun = await subject.on.attempts.begin(attempt, { now: time, leaseMs: 3 })
    keepFence(subject, 'attempt', draw, begun.begun ? begun.fence : undefined)
    return begun.begun ? begun.inDoubt : begun.record
  },
  renewAttempt: (subject, draw) =>
    subject.on.attempts.renew(...attemptOf(draw), { fence: fenceOf(subject, 'attempt', draw), now: draw.time, leaseMs: draw.item }),
  finishAttempt: ({ on }, draw) => on.attempts.finish(...attemptOf(draw), `EXAMPLE_result_${draw.item}`),
  releaseAttempt: (subject, draw) =>
    subject.on.attempts.release(...attemptOf(draw), { fence: fenceOf(subject, 'attempt', draw), inDoubt: draw.flag }),
  trimAttempts: ({ on }, { time }) => on.attempts.removeBefore(time, 99),
  noteRefresh: ({ on }, { tenantId, time, flag }) =>
    on.refreshes.note({ tenantId, vendor: 'google', at: start + (time - start) * minute, refused: flag }),
  trimRefreshes: ({ on }, { time }) => on.refreshes.removeBefore(start + (time - start) * minute, 99),
}

const draws = record({
  name: constantFrom(...Object.keys(commands)),
  tenantId: constantFrom('tenant-a', 'tenant-b'),
  connectionId: constantFrom('one', 'two'),
  item: nat(2),
  time: nat(12).map((offset) => start + offset),
  flag: boolean(),
})

export function describeModel(name: string, options: StoreContractOptions, runs = 40): void {
  compareWithMemory(name, options, {
    title: 'answers random commands exactly as the memory store does',
    draws,
    start() {
      const fences = new Map<string, number>()
      return async (on, draw) => commands[draw.name]?.({ on, fences }, draw)
    },
    readAll,
    runs,
  })
}

async function readAll(store: Store): Promise<unknown> {
  const places = ['tenant-a', 'tenant-b'].flatMap((tenantId) => ['one', 'two'].map((connectionId) => [tenantId, connectionId] as const))
  return Promise.all(
    places.map(async (place) => [
      await store.connections.list(place[0]),
      await store.tokens.get(...place),
      await store.syncStates.get(...place),
      await store.pushEndpoints.get(place[0], 'google'),
      await store.inbox.count(...place),
      await store.outbox.listDue(...place, start + 99, 99),
      await store.outbox.listStatuses(...place, 99),
      await store.outbox.nextDueAt(...place),
      await store.tasks.get(...place, 'renew'),
      await store.breakers.get(...place),
      await store.refreshes.tally('google', start),
      await Promise.all([0, 1, 2].map((item) => store.flows.get(place[0], `flow-${item}`))),
    ]),
  )
}
