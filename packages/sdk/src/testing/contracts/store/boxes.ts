import { expect } from 'vitest'
import { createGate } from '../create-gate.ts'
import type { StoreSuite } from './harness.ts'
import { newConnection, newInboxRecord, newItem, newOutboxRecord, start } from './records.ts'

const at = ['tenant-a', 'connection-1'] as const

export function describeInbox({ group, test, secure }: StoreSuite): void {
  group('inbox', () => {
    test('takes a delivery once', async ({ store, peer }) => {
      expect(await store.inbox.insert(newInboxRecord())).toBe(true)
      expect(await peer.inbox.insert(newInboxRecord({ receivedAt: start + 1 }))).toBe(false)
      expect(await store.inbox.insert(newInboxRecord({ connectionId: 'connection-2' }))).toBe(true)
      expect(await store.inbox.insert(newInboxRecord({ tenantId: 'tenant-b' }))).toBe(true)
      expect(await store.inbox.count(...at)).toBe(1)
    })

    secure('takes a delivery once of 50 parallel ones', async ({ store, peer, probe }) => {
      const inserts = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? store : peer).inbox.insert(newInboxRecord()))
      expect((await Promise.all(inserts)).filter(Boolean)).toHaveLength(1)
      expect(await probe.rows('inbox')).toHaveLength(1)
    })

    test('removes what is older than the given time, over all tenants', async ({ store, probe }) => {
      await store.inbox.insert(newInboxRecord({ receivedAt: start - 1 }))
      await store.inbox.insert(newInboxRecord({ tenantId: 'tenant-b', receivedAt: start - 1 }))
      await store.inbox.insert(newInboxRecord({ dedupeKey: 'edge', receivedAt: start }))
      expect(await store.inbox.removeBefore(start, 10)).toBe(2)
      expect(await probe.rows('inbox')).toHaveLength(1)
    })

    test('removes no more deliveries than it was told, the oldest first', async ({ store, find }) => {
      for (const age of [3, 1, 2]) await store.inbox.insert(newInboxRecord({ dedupeKey: `age-${age}`, receivedAt: start - age }))
      expect(await store.inbox.removeBefore(start, 2)).toBe(2)
      expect(await find('inbox', 'age-1')).toHaveLength(1)
      expect(await store.inbox.removeBefore(start, 2)).toBe(1)
      expect(await store.inbox.removeBefore(start, 2)).toBe(0)
    })
  })
}

const receipt = {
  tenantId: 'tenant-a',
  provider: 'gmail',
  to: { connectionId: 'connection-1' },
  dedupeKey: 'one',
  receivedAt: start,
  requestsSync: true,
} as const

export function describeReceive({ group, test, secure }: StoreSuite): void {
  group('inbox.receive', () => {
    test('writes row, request, task and last push at once, and the same delivery only once', async ({ store, peer }) => {
      await store.connections.insert(newConnection({ lastPushAt: null, version: 1 }))
      expect(await store.inbox.receive(receipt)).toBe(1)
      expect(await peer.inbox.receive({ ...receipt, receivedAt: start + 60_000 })).toBe(0)
      expect(await store.inbox.count(...at)).toBe(1)
      expect(await store.syncStates.get(...at)).toMatchObject({ requested: 1, processed: 0 })
      expect(await store.tasks.get(...at, 'sync')).toMatchObject({ dueAt: start, attempts: 0 })
      expect(await peer.connections.get(...at)).toMatchObject({ lastPushAt: start, version: 2 })
    })

    test('finds the mailbox by its address without case, inside the tenant only', async ({ store }) => {
      await store.connections.insert(newConnection({ account: { subject: '1', address: 'Support@Acme.test' } }))
      await store.connections.insert(newConnection({ tenantId: 'tenant-b', account: { subject: '1', address: 'support@acme.test' } }))
      await store.connections.insert(newConnection({ id: 'connection-2', account: { subject: '2', address: 'other@acme.test' } }))
      expect(await store.inbox.receive({ ...receipt, to: { address: 'SUPPORT@acme.test' } })).toBe(1)
      expect(await store.syncStates.get(...at)).toMatchObject({ requested: 1 })
      expect(await store.syncStates.get('tenant-b', 'connection-1')).toBeNull()
      expect(await store.syncStates.get('tenant-a', 'connection-2')).toBeNull()
    })

    secure('takes nothing for another provider, another tenant, or a connection that is not live', async ({ store }) => {
      await store.connections.insert(newConnection())
      for (const status of ['paused', 'disconnected', 'needs_reauth', 'connecting'] as const)
        await store.connections.insert(newConnection({ id: status, status }))
      expect(await store.inbox.receive({ ...receipt, provider: 'google-calendar' })).toBe(0)
      expect(await store.inbox.receive({ ...receipt, tenantId: 'tenant-b' })).toBe(0)
      for (const status of ['paused', 'disconnected', 'needs_reauth', 'connecting'])
        expect(await store.inbox.receive({ ...receipt, to: { connectionId: status } })).toBe(0)
      expect(await store.inbox.count('tenant-a', 'paused')).toBe(0)
    })

    test('asks for nothing when it is a proof of life', async ({ store }) => {
      await store.connections.insert(newConnection({ lastPushAt: null }))
      expect(await store.inbox.receive({ ...receipt, requestsSync: false })).toBe(0)
      expect(await store.inbox.count(...at)).toBe(1)
      expect(await store.connections.get(...at)).toMatchObject({ lastPushAt: start })
      expect(await store.tasks.get(...at, 'sync')).toBeNull()
    })

    test('counts a request again only when a running sync may have missed it', async ({ store }) => {
      await store.connections.insert(newConnection())
      const receive = (dedupeKey: string, receivedAt = start) => store.inbox.receive({ ...receipt, dedupeKey, receivedAt })
      await receive('one')
      await receive('two')
      expect(await store.syncStates.get(...at)).toMatchObject({ requested: 1 })
      const lease = await store.syncStates.acquire(...at, { owner: 'worker', now: start, leaseMs: 1000 })
      await receive('three')
      expect(await store.syncStates.get(...at)).toMatchObject({ requested: 2 })
      await store.syncStates.release(...at, { fence: lease?.fence ?? 0, processed: 1 })
      await receive('four')
      expect(await store.syncStates.get(...at)).toMatchObject({ requested: 2, processed: 1 })
    })

    test('brings a task forward, remembers it during a claim, and keeps the wait after a failure', async ({ store }) => {
      await store.connections.insert(newConnection())
      const task = { tenantId: 'tenant-a', connectionId: 'connection-1', kind: 'sync' } as const
      await store.tasks.schedule({ ...task, dueAt: start + 9000 })
      await store.inbox.receive(receipt)
      expect(await store.tasks.get(...at, 'sync')).toMatchObject({ dueAt: start })
      const [claimed] = await store.tasks.claim({ now: start, owner: 'worker', leaseMs: 1000, limit: 1, perTenant: 1 })
      await store.inbox.receive({ ...receipt, dedupeKey: 'two' })
      if (claimed !== undefined) await store.tasks.finish([{ task: claimed, nextDueAt: start + 9000, attempts: 'count' }])
      expect(await store.tasks.get(...at, 'sync')).toMatchObject({ dueAt: start, attempts: 1 })
      const [again] = await store.tasks.claim({ now: start, owner: 'worker', leaseMs: 1000, limit: 1, perTenant: 1 })
      if (again !== undefined) await store.tasks.finish([{ task: again, nextDueAt: start + 9000, attempts: 'count' }])
      await store.inbox.receive({ ...receipt, dedupeKey: 'three' })
      expect(await store.tasks.get(...at, 'sync')).toMatchObject({ dueAt: start + 9000, attempts: 2 })
    })

    test('is remembered by a task that had failed and is claimed, for when half a minute is over', async ({ store }) => {
      await store.connections.insert(newConnection())
      await store.tasks.schedule({ tenantId: 'tenant-a', connectionId: 'connection-1', kind: 'sync', dueAt: start })
      const claim = async (now: number) => {
        const [task] = await store.tasks.claim({ now, owner: 'worker', leaseMs: 1000, limit: 1, perTenant: 1 })
        if (task === undefined) throw new Error('nothing was claimed')
        return task
      }
      await store.tasks.finish([{ task: await claim(start), nextDueAt: start + 1, attempts: 'count' }])
      const worked = await claim(start + 1)
      await store.inbox.receive({ ...receipt, receivedAt: start + 2 })
      await store.inbox.receive({ ...receipt, dedupeKey: 'two', receivedAt: start + 9 })
      await store.tasks.finish([{ task: worked, nextDueAt: null, attempts: 'reset' }])
      expect(await store.tasks.get(...at, 'sync')).toMatchObject({ dueAt: start + 30_002, attempts: 0 })
    })

    secure('takes a delivery once of 50 parallel ones', async ({ store, peer, probe }) => {
      await store.connections.insert(newConnection())
      const results = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? store : peer).inbox.receive(receipt)))
      expect(results.filter((count) => count === 1)).toHaveLength(1)
      expect(await probe.rows('inbox')).toHaveLength(1)
    })

    secure('waits for who writes of the connection, who waits for no delivery', async ({ store, peer }) => {
      await store.connections.insert(newConnection({ lastPushAt: null }))
      await store.syncStates.request(...at)
      const lease = await store.syncStates.acquire(...at, { owner: 'worker', now: start, leaseMs: 60_000 })
      const held = createGate()
      const written = store.transaction(async ({ connections, syncStates, tasks }) => {
        await connections.hold(...at)
        held.open()
        await new Promise((resolve) => setTimeout(resolve, 200))
        await tasks.schedule({ tenantId: 'tenant-a', connectionId: 'connection-1', kind: 'sync', dueAt: start })
        return syncStates.advance(...at, { fence: lease?.fence ?? -1, now: start, leaseMs: 60_000, cursor: 'next' })
      })
      await held.opened
      const received = ['one', 'two'].map((dedupeKey) => peer.inbox.receive({ ...receipt, dedupeKey }))
      expect(await Promise.all([written, ...received])).toEqual([true, 1, 1])
      expect(await store.syncStates.get(...at)).toMatchObject({ cursor: 'next' })
    })
  })
}

export function describeOutbox({ group, test, secure }: StoreSuite): void {
  group('outbox', () => {
    test('gives back an event exactly as it was inserted', async ({ store, peer }) => {
      expect(await store.outbox.insert([newOutboxRecord()])).toBe(1)
      expect(await peer.outbox.get(...at, 'event-1')).toEqual(newOutboxRecord())
      expect(await peer.outbox.get(...at, 'event-2')).toBeNull()
      const unlike = newItem({ origin: 'gapfill', contentHash: 'EXAMPLE_hash_a', attempts: 2, occurredAt: start - 1, createdAt: start + 1 })
      await store.outbox.insert([unlike])
      expect(await peer.outbox.get(...at, 'item-1')).toEqual(unlike)
    })

    test('adds only what is not there yet', async ({ store, peer }) => {
      expect(await store.outbox.insert([])).toBe(0)
      await store.outbox.insert([newOutboxRecord()])
      const again = newOutboxRecord({ sealedPayload: 'EXAMPLE_other', attempts: 3 })
      const fresh = newOutboxRecord({ id: 'event-2' })
      expect(await peer.outbox.insert([again, fresh, fresh])).toBe(1)
      expect(await store.outbox.get(...at, 'event-1')).toEqual(newOutboxRecord())
      expect(
        await store.outbox.insert([newOutboxRecord({ connectionId: 'connection-2' }), newOutboxRecord({ tenantId: 'tenant-b' })]),
      ).toBe(2)
    })

    secure('adds an event once when many write it at once', async ({ store, peer, probe }) => {
      const inserts = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : peer).outbox.insert([newOutboxRecord()]))
      expect((await Promise.all(inserts)).reduce((sum, count) => sum + count, 0)).toBe(1)
      expect(await probe.rows('outbox')).toHaveLength(1)
    })

    test('lists due events in the order of their insertion', async ({ store }) => {
      const ids = Array.from({ length: 1200 }, (_, index) => `event-${(index * 7919) % 1200}`)
      await store.outbox.insert(ids.map((id) => newOutboxRecord({ id })))
      await store.outbox.insert([newOutboxRecord({ id: 'last' }), newOutboxRecord({ id: 'later', nextAttemptAt: start + 1 })])
      const listed = await store.outbox.listDue(...at, start, 5000)
      expect(listed.map(({ id }) => id)).toEqual([...ids, 'last'])
      expect((await store.outbox.listDue(...at, start, 2)).map(({ id }) => id)).toEqual(ids.slice(0, 2))
      expect((await store.outbox.listDue(...at, start + 1, 5000)).at(-1)?.id).toBe('later')
    })

    test('lists pending changes of status, due or not, in the order of their insertion, and nothing else that waits', async ({
      store,
      peer,
    }) => {
      const statuses = ['connected', 'degraded', 'needs_reauth', 'blocked_by_app', 'error', 'paused', 'disconnected'].map((name, index) =>
        newOutboxRecord({ id: `event-${9 - index}`, type: `connection.${name}`, nextAttemptAt: start + 9 }),
      )
      const others = [
        'connection.item_skipped',
        'connection.gap_recovered',
        'connection.sign_in_ending',
        'calendar.changed',
        'message.received',
      ]
      await store.outbox.insert(others.map((type) => newOutboxRecord({ id: type, type })))
      await store.outbox.insert(statuses)
      await store.outbox.insert([newOutboxRecord({ connectionId: 'connection-2', type: 'connection.paused' })])
      const listed = statuses.map(({ id, type, nextAttemptAt }) => ({ id, type, nextAttemptAt }))
      expect(await peer.outbox.listStatuses(...at, 99)).toEqual(listed)
      expect(await peer.outbox.listStatuses(...at, 2)).toEqual(listed.slice(0, 2))
      await store.outbox.complete(...at, 'event-9')
      await store.outbox.fail(...at, 'event-8', { attempts: 5, nextAttemptAt: start, quarantine: true })
      await store.outbox.fail(...at, 'event-7', { attempts: 1, nextAttemptAt: start + 5, quarantine: false })
      expect(await peer.outbox.listStatuses(...at, 2)).toEqual([{ ...listed[2], nextAttemptAt: start + 5 }, listed[3]])
    })

    test('says when the next pending event is due', async ({ store }) => {
      expect(await store.outbox.nextDueAt(...at)).toBeNull()
      await store.outbox.insert([
        newOutboxRecord({ nextAttemptAt: start + 9 }),
        newOutboxRecord({ id: 'event-2', nextAttemptAt: start + 4 }),
      ])
      expect(await store.outbox.nextDueAt(...at)).toBe(start + 4)
      await store.outbox.complete(...at, 'event-2')
      expect(await store.outbox.nextDueAt(...at)).toBe(start + 9)
    })

    secure('drops payload and content with completion, which happens once', async ({ store, peer, find }) => {
      await store.outbox.insert([newOutboxRecord({ contentHash: 'EXAMPLE_hash_a' })])
      const completions = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? store : peer).outbox.complete(...at, 'event-1'))
      expect((await Promise.all(completions)).filter(Boolean)).toHaveLength(1)
      expect(await find('outbox', 'EXAMPLE_sealed_payload')).toEqual([])
      expect(await store.outbox.get(...at, 'event-1')).toEqual(newOutboxRecord({ state: 'done', sealedPayload: '' }))
      expect(await store.outbox.complete(...at, 'event-2')).toBe(false)
      expect(await store.outbox.insert([newOutboxRecord()])).toBe(0)
    })

    test('counts a failed attempt and quarantines', async ({ store }) => {
      await store.outbox.insert([newOutboxRecord()])
      await store.outbox.fail(...at, 'event-1', { attempts: 1, nextAttemptAt: start + 5, quarantine: false })
      expect(await store.outbox.get(...at, 'event-1')).toEqual(newOutboxRecord({ attempts: 1, nextAttemptAt: start + 5 }))
      expect(await store.outbox.listDue(...at, start + 4, 9)).toEqual([])
      await store.outbox.fail(...at, 'event-1', { attempts: 2, nextAttemptAt: start + 6, quarantine: true })
      expect(await store.outbox.get(...at, 'event-1')).toMatchObject({ state: 'quarantined', attempts: 2 })
      expect(await store.outbox.listDue(...at, start + 9, 9)).toEqual([])
      expect(await store.outbox.nextDueAt(...at)).toBeNull()
      expect(await store.outbox.complete(...at, 'event-1')).toBe(false)
    })

    test('does not bring a done event back', async ({ store }) => {
      await store.outbox.insert([newOutboxRecord()])
      await store.outbox.complete(...at, 'event-1')
      await store.outbox.fail(...at, 'event-1', { attempts: 1, nextAttemptAt: start, quarantine: false })
      expect(await store.outbox.listDue(...at, start, 9)).toEqual([])
      expect(await store.outbox.get(...at, 'event-1')).toMatchObject({ state: 'done', attempts: 0 })
    })

    test('counts by state', async ({ store }) => {
      await store.outbox.insert(['a', 'b', 'c'].map((id) => newOutboxRecord({ id })))
      await store.outbox.complete(...at, 'a')
      await store.outbox.fail(...at, 'b', { attempts: 5, nextAttemptAt: start, quarantine: true })
      for (const state of ['pending', 'done', 'quarantined'] as const) expect(await store.outbox.count(...at, state)).toBe(1)
    })
  })
}
