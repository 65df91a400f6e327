import { expect } from 'vitest'
import type { StoreSuite } from './harness.ts'
import { minute, newConnection, newContent, newDataKey, newGoodbye, newAuditRecord, newFlow, newSubscription, start } from './records.ts'

export function describeGoodbyes({ group, test, secure }: StoreSuite): void {
  group('goodbyes', () => {
    test('gives back what was kept, whole', async ({ store, peer }) => {
      const bare = newGoodbye({
        id: 'goodbye-2',
        kind: 'pubsub',
        connectionId: null,
        signIn: null,
        name: '',
        steps: [],
        nextAttemptAt: null,
        endedAt: start,
      })
      expect(await store.goodbyes.insert(newGoodbye())).toBe(true)
      expect(await store.goodbyes.insert(bare)).toBe(true)
      expect(await peer.goodbyes.get('tenant-a', 'goodbye-1')).toEqual(newGoodbye())
      expect(await peer.goodbyes.get('tenant-a', 'goodbye-2')).toEqual(bare)
      expect(await peer.goodbyes.get('tenant-a', 'goodbye-3')).toBeNull()
    })

    test('keeps the first of two with one id', async ({ store, peer }) => {
      expect(await store.goodbyes.insert(newGoodbye())).toBe(true)
      expect(await peer.goodbyes.insert(newGoodbye({ name: 'Another' }))).toBe(false)
      expect(await store.goodbyes.get('tenant-a', 'goodbye-1')).toEqual(newGoodbye())
    })

    test('lists those of a tenant, of a connection or of a sign-in, newest first', async ({ store, peer }) => {
      const later = newGoodbye({ id: 'goodbye-2', createdAt: start + minute })
      const other = newGoodbye({ id: 'goodbye-3', connectionId: 'connection-2', signIn: 'another', createdAt: start - minute })
      for (const record of [newGoodbye(), later, other]) await store.goodbyes.insert(record)
      expect(await peer.goodbyes.list('tenant-a')).toEqual([later, newGoodbye(), other])
      expect(await peer.goodbyes.list('tenant-a', { connectionIds: ['connection-1'] })).toEqual([later, newGoodbye()])
      expect(await peer.goodbyes.list('tenant-a', { connectionIds: ['connection-9', 'connection-2'] })).toEqual([other])
      expect(await peer.goodbyes.list('tenant-a', { connectionIds: [] })).toEqual([])
      expect(await peer.goodbyes.list('tenant-a', { signIn: 'EXAMPLE_sign_in' })).toEqual([later, newGoodbye()])
    })

    secure('writes a patch on the version that was read, and destroys what is sealed', async ({ store, peer, find }) => {
      await store.goodbyes.insert(newGoodbye())
      const steps = [{ id: 'revoke', state: 'done', code: null, at: start + 1 }] as const
      const ended = { sealed: null, steps, attempts: 2, nextAttemptAt: null, endedAt: start + 1 }
      expect(await peer.goodbyes.update('tenant-a', 'goodbye-1', 1, ended)).toEqual(newGoodbye({ ...ended, version: 2 }))
      expect(await store.goodbyes.update('tenant-a', 'goodbye-1', 1, { attempts: 9 })).toBeNull()
      expect(await store.goodbyes.update('tenant-a', 'goodbye-9', 1, { attempts: 9 })).toBeNull()
      expect(await store.goodbyes.get('tenant-a', 'goodbye-1')).toEqual(newGoodbye({ ...ended, version: 2 }))
      expect(await find('goodbyes', 'EXAMPLE_sealed_material')).toEqual([])
    })

    test('lets one of many parallel writers of a version win', async ({ store, peer }) => {
      await store.goodbyes.insert(newGoodbye())
      const writes = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? store : peer).goodbyes.update('tenant-a', 'goodbye-1', 1, { attempts: index }),
      )
      expect((await Promise.all(writes)).filter((written) => written !== null)).toHaveLength(1)
    })

    test('stays when its connection is removed, and goes when it is removed itself', async ({ store, peer }) => {
      await store.connections.insert(newConnection())
      await store.goodbyes.insert(newGoodbye())
      await store.connections.remove('tenant-a', 'connection-1')
      expect(await peer.goodbyes.get('tenant-a', 'goodbye-1')).toEqual(newGoodbye())
      await peer.goodbyes.remove('tenant-a', 'goodbye-1')
      expect(await store.goodbyes.list('tenant-a')).toEqual([])
    })

    test('deletes those that ended before a time, the first to end first', async ({ store, peer }) => {
      const ends = { 'goodbye-1': null, 'goodbye-2': start, 'goodbye-3': start + 1, 'goodbye-4': start + 2 }
      for (const [id, endedAt] of Object.entries(ends)) await store.goodbyes.insert(newGoodbye({ id, endedAt }))
      expect(await peer.goodbyes.removeEnded(start + 2, 1)).toBe(1)
      expect(await store.goodbyes.get('tenant-a', 'goodbye-2')).toBeNull()
      expect(await peer.goodbyes.removeEnded(start + 2, 10)).toBe(1)
      expect((await store.goodbyes.list('tenant-a')).map(({ id }) => id)).toEqual(['goodbye-1', 'goodbye-4'])
    })
  })
}

export function describeTenants({ group, secure }: StoreSuite): void {
  group('tenants', () => {
    secure('loses every row of a tenant in limited pieces, but its audit log and its data keys', async ({ store, peer, probe }) => {
      for (const tenantId of ['tenant-a', 'tenant-b']) {
        const own = { tenantId, id: `${tenantId}-1`, connectionId: `${tenantId}-1` }
        for (const id of ['1', '2', '3'].map((number) => `${tenantId}-${number}`))
          await store.connections.insert(newConnection({ tenantId, id }))
        await store.flows.insert(newFlow(own))
        await store.subscriptions.put(newSubscription({ ...own, state: 'retired' }))
        await store.contents.put([newContent({ tenantId })])
        await store.syncStates.request(tenantId, own.connectionId)
        await store.syncStates.acquire(tenantId, own.connectionId, { owner: 'worker', now: start, leaseMs: minute })
        await store.tasks.schedule({ tenantId, connectionId: own.connectionId, kind: 'sync', dueAt: start })
        await store.goodbyes.insert(newGoodbye(own))
        await store.dataKeys.insertFirst(newDataKey({ tenantId }))
        await store.audit.append(newAuditRecord({ tenantId }))
      }
      const pieces: number[] = []
      for (let piece = await peer.tenants.removeRows('tenant-a', 2); piece > 0; piece = await peer.tenants.removeRows('tenant-a', 2))
        pieces.push(piece)
      expect(pieces).toEqual([8, 1])
      expect(await store.connections.list('tenant-a')).toEqual([])
      expect(await store.subscriptions.findById('tenant-a-1')).toBeNull()
      expect(await store.dataKeys.current('tenant-a')).not.toBeNull()
      expect(await store.audit.list('tenant-a', 0, 10)).toHaveLength(1)
      expect(await probe.rows('connections')).toHaveLength(3)
      for (const table of ['flows', 'subscriptions', 'contents', 'syncStates', 'tasks', 'goodbyes', 'dataKeys', 'audit'] as const)
        expect((await probe.rows(table)).filter((row) => JSON.stringify(row).includes('tenant-b')).length).toBe(1)
    })
  })
}
