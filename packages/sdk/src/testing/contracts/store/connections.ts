import { expect } from 'vitest'
import type { ConnectionFilter } from '../../../ports/index.ts'
import { expectFailure } from '../expect-failure.ts'
import type { StoreSuite } from './harness.ts'
import {
  minute,
  newAttempt,
  newConnection,
  newContent,
  newFlow,
  newInboxRecord,
  newItem,
  newItemRecord,
  newOutboxRecord,
  newSubscription,
  newToken,
  start,
} from './records.ts'

export function describeConnections({ group, test }: StoreSuite): void {
  group('connections', () => {
    test('gives back a connection exactly as it was inserted', async ({ store, peer }) => {
      const full = newConnection({
        reason: 'throttled',
        reasonValues: { project: 'acme' },
        lastSyncAt: start + 1,
        nextAttemptAt: start + 2,
      })
      const bare = newConnection({ id: 'connection-2', account: null, ownerName: null, appVersion: null, settings: {}, grantedScopes: [] })
      await store.connections.insert(full)
      await store.connections.insert(bare)
      expect(await peer.connections.get('tenant-a', 'connection-1')).toEqual(full)
      expect(await peer.connections.get('tenant-a', 'connection-2')).toEqual(bare)
      expect(await peer.connections.get('tenant-a', 'connection-3')).toBeNull()
    })

    test('finds a connection by its id alone, unless two tenants have it', async ({ store, peer }) => {
      const mine = newConnection({ id: 'only-mine' })
      await store.connections.insert(mine)
      await store.connections.insert(newConnection({ tenantId: 'tenant-a', id: 'both' }))
      await store.connections.insert(newConnection({ tenantId: 'tenant-b', id: 'both' }))
      expect(await peer.connections.findById('only-mine')).toEqual(mine)
      expect(await peer.connections.findById('both')).toBeNull()
      expect(await peer.connections.findById('nobody')).toBeNull()
    })

    test('gives those of many that exist, of several tenants', async ({ store, peer }) => {
      const mine = newConnection({ id: 'one' })
      const theirs = newConnection({ tenantId: 'tenant-b', id: 'two' })
      for (const row of [mine, theirs, newConnection({ id: 'two' })]) await store.connections.insert(row)
      const keys = [mine, theirs, mine, { tenantId: 'tenant-b', id: 'one' }]
      const found = await peer.connections.getMany(keys)
      expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([mine, theirs])
      expect(await peer.connections.getMany([])).toEqual([])
    })

    test('counts connections by what they are and why, over all tenants, the most first', async ({ store, peer }) => {
      const revoked = { status: 'needs_reauth', reason: 'grant_revoked' } as const
      for (const id of ['1', '2', '3']) await store.connections.insert(newConnection({ id, ...revoked }))
      await store.connections.insert(newConnection({ id: '4', ...revoked, reason: 'reauth_policy' }))
      for (const id of ['1', '2']) await store.connections.insert(newConnection({ tenantId: 'tenant-b', id, provider: 'google-calendar' }))
      const tally = await peer.connections.tally(10)
      expect(tally).toEqual([
        { tenantId: 'tenant-a', provider: 'gmail', ...revoked, count: 3 },
        { tenantId: 'tenant-b', provider: 'google-calendar', status: 'connected', reason: null, count: 2 },
        { tenantId: 'tenant-a', provider: 'gmail', status: 'needs_reauth', reason: 'reauth_policy', count: 1 },
      ])
      expect(await peer.connections.tally(1)).toEqual(tally.slice(0, 1))
    })

    test('copies what comes in and what goes out', async ({ store }) => {
      const settings = { labels: ['INBOX'] }
      await store.connections.insert(newConnection({ settings }))
      settings.labels.push('CHANGED')
      const read = async () => (await store.connections.get('tenant-a', 'connection-1'))?.settings as typeof settings
      const first = await read()
      expect(first).toEqual({ labels: ['INBOX'] })
      first.labels.push('CHANGED')
      expect(await read()).toEqual({ labels: ['INBOX'] })
    })

    test('refuses a second connection with the same id and keeps the first', async ({ store, peer, probe }) => {
      await store.connections.insert(newConnection())
      await expectFailure(peer.connections.insert(newConnection({ name: 'Other' })), 'connection_exists')
      expect(await probe.rows('connections')).toHaveLength(1)
      expect((await store.connections.get('tenant-a', 'connection-1'))?.name).toBe('Support')
    })

    test('goes on in a transaction after a refused insert', async ({ store }) => {
      await store.connections.insert(newConnection())
      await store.transaction(async (transaction) => {
        await expectFailure(transaction.connections.insert(newConnection()), 'connection_exists')
        await transaction.connections.insert(newConnection({ id: 'connection-2' }))
      })
      expect(await store.connections.list('tenant-a')).toHaveLength(2)
    })

    test('lists newest first, by provider and by owner', async ({ store }) => {
      await store.connections.insert(newConnection({ id: 'old', createdAt: start }))
      await store.connections.insert(newConnection({ id: 'new', createdAt: start + 2, ownerUserId: 'erin' }))
      await store.connections.insert(newConnection({ id: 'middle', createdAt: start + 1, provider: 'google-calendar' }))
      const ids = async (filter?: { provider?: string; ownerUserId?: string }) =>
        (await store.connections.list('tenant-a', filter)).map(({ id }) => id)
      expect(await ids()).toEqual(['new', 'middle', 'old'])
      expect(await ids({ provider: 'gmail' })).toEqual(['new', 'old'])
      expect(await ids({ ownerUserId: 'dana' })).toEqual(['middle', 'old'])
      expect(await ids({ provider: 'gmail', ownerUserId: 'dana' })).toEqual(['old'])
    })

    test('lists by account, also those that have none yet', async ({ store, peer }) => {
      const account = (subject: string) => ({ subject, address: 'support@acme.test' })
      await store.connections.insert(newConnection({ id: 'first', account: account('7') }))
      await store.connections.insert(
        newConnection({ id: 'second', account: account('7'), provider: 'google-calendar', createdAt: start + 1 }),
      )
      await store.connections.insert(newConnection({ id: 'other', account: account('77'), createdAt: start + 2 }))
      await store.connections.insert(newConnection({ id: 'none', account: null, createdAt: start + 3 }))
      await store.connections.insert(newConnection({ tenantId: 'tenant-b', id: 'first', account: account('7') }))
      const ids = async (filter: ConnectionFilter) => (await peer.connections.list('tenant-a', filter)).map(({ id }) => id)
      expect(await ids({ subjects: ['7'] })).toEqual(['second', 'first'])
      expect(await ids({ subjects: ['7', null] })).toEqual(['none', 'second', 'first'])
      expect(await ids({ subjects: [null] })).toEqual(['none'])
      expect(await ids({ subjects: ['77', '7'], provider: 'gmail' })).toEqual(['other', 'first'])
      expect(await ids({ subjects: ['%', 'null', ''] })).toEqual([])
      expect(await ids({ subjects: [] })).toEqual([])
    })

    test('finds connections by address, ignoring case, within a provider', async ({ store }) => {
      await store.connections.insert(newConnection())
      await store.connections.insert(newConnection({ id: 'none', account: null }))
      await store.connections.insert(newConnection({ id: 'calendar', provider: 'google-calendar' }))
      const found = await store.connections.findByAddress('tenant-a', 'gmail', 'SUPPORT@acme.TEST')
      expect(found.map(({ id }) => id)).toEqual(['connection-1'])
      expect(await store.connections.findByAddress('tenant-a', 'gmail', 'support%')).toEqual([])
    })

    test('follows the address when the account changes', async ({ store }) => {
      await store.connections.insert(newConnection())
      await store.connections.update('tenant-a', 'connection-1', 1, { account: { subject: '3', address: 'Other@acme.test' } }, start)
      expect(await store.connections.findByAddress('tenant-a', 'gmail', 'support@acme.test')).toEqual([])
      expect(await store.connections.findByAddress('tenant-a', 'gmail', 'other@acme.test')).toHaveLength(1)
    })

    test('writes a patch, one version more and the time', async ({ store, peer }) => {
      await store.connections.insert(newConnection())
      const patch = { status: 'needs_reauth', reason: 'grant_revoked', reasonValues: { by: 'policy' }, account: null, failures: 3 } as const
      const expected = { ...newConnection(), ...patch, version: 2, updatedAt: start + 5 }
      expect(await store.connections.update('tenant-a', 'connection-1', 1, patch, start + 5)).toEqual(expected)
      expect(await peer.connections.get('tenant-a', 'connection-1')).toEqual(expected)
    })

    test('writes nothing when the version differs or the row is gone', async ({ store }) => {
      await store.connections.insert(newConnection())
      expect(await store.connections.update('tenant-a', 'connection-1', 2, { name: 'Lost' }, start)).toBeNull()
      expect(await store.connections.update('tenant-a', 'connection-9', 1, { name: 'Lost' }, start)).toBeNull()
      expect(await store.connections.get('tenant-a', 'connection-1')).toEqual(newConnection())
    })

    test('lets exactly one of many parallel writers of one version through', async ({ store, peer }) => {
      await store.connections.insert(newConnection())
      const writers = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? store : peer).connections.update('tenant-a', 'connection-1', 1, { name: `Writer ${index}` }, start),
      )
      expect((await Promise.all(writers)).filter((result) => result !== null)).toHaveLength(1)
    })

    test('removes a connection with everything that hangs on it, and nothing else', async ({ store, find }) => {
      for (const id of ['gone', 'kept']) {
        await store.connections.insert(newConnection({ id }))
        await store.tokens.put(newToken({ connectionId: id }))
        await store.flows.insert(newFlow({ id: `flow-${id}`, connectionId: id }))
        await store.subscriptions.put(newSubscription({ id: `channel-${id}`, connectionId: id }))
        await store.syncStates.request('tenant-a', id)
        await store.inbox.insert(newInboxRecord({ connectionId: id }))
        await store.outbox.insert([newOutboxRecord({ connectionId: id })])
        await store.items.put([newItemRecord({ connectionId: id })])
        await store.attempts.begin(newAttempt({ connectionId: id }), { now: start, leaseMs: minute })
        await store.tasks.schedule({ tenantId: 'tenant-a', connectionId: id, kind: 'renew', dueAt: start + minute })
      }
      // The bytes of a message may belong to events of several connections.
      await store.contents.put([newContent()])
      await store.connections.remove('tenant-a', 'gone')
      expect(await store.contents.get('tenant-a', 'EXAMPLE_hash_a')).toEqual(newContent())
      const tables = [
        'connections',
        'tokens',
        'flows',
        'subscriptions',
        'syncStates',
        'inbox',
        'outbox',
        'items',
        'attempts',
        'tasks',
      ] as const
      for (const table of tables) {
        expect({ table, rows: await find(table, 'gone') }).toEqual({ table, rows: [] })
        expect({ table, rows: (await find(table, 'kept')).length }).toEqual({ table, rows: 1 })
      }
      await store.connections.remove('tenant-a', 'gone')
    })

    test('keeps what the host has still to be told of a connection that is gone, when it is asked to', async ({ store, peer }) => {
      const notice = newOutboxRecord({ id: 'notice', type: 'connection.disconnected' })
      const told = newOutboxRecord({ id: 'told', type: 'connection.connected', state: 'done' })
      const aside = newOutboxRecord({ id: 'aside', type: 'connection.paused', state: 'quarantined' })
      const skipped = newOutboxRecord({ id: 'skipped', type: 'connection.item_skipped', nextAttemptAt: start + 1 })
      await store.connections.insert(newConnection())
      await store.outbox.insert([newOutboxRecord(), newItem(), told, notice, aside, skipped])
      await store.outbox.insert([{ ...notice, connectionId: 'connection-2' }])
      await store.connections.remove('tenant-a', 'connection-1', { keepNotices: true })
      expect(await peer.outbox.listDue('tenant-a', 'connection-1', start + 1, 9)).toEqual([notice, skipped])
      for (const id of ['event-1', 'item-1', 'told', 'aside']) expect(await peer.outbox.get('tenant-a', 'connection-1', id)).toBeNull()
      expect(await peer.outbox.get('tenant-a', 'connection-2', 'notice')).not.toBeNull()
      await store.connections.remove('tenant-a', 'connection-1')
      expect(await peer.outbox.listDue('tenant-a', 'connection-1', start + 1, 9)).toEqual([])
    })
  })
}
