import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { StoreSuite } from './harness.ts'
import { minute, newFlow, start } from './records.ts'

export function describeFlows({ group, test, secure }: StoreSuite): void {
  group('flows', () => {
    test('gives back a flow exactly as it was inserted', async ({ store, peer }) => {
      await store.flows.insert(newFlow())
      expect(await peer.flows.get('tenant-a', 'flow-1')).toEqual(newFlow())
      expect(await peer.flows.get('tenant-a', 'flow-2')).toBeNull()
    })

    secure('never replaces a flow', async ({ store }) => {
      await store.flows.insert(newFlow())
      await expectFailure(store.flows.insert(newFlow({ userId: 'mallory' })), 'unavailable')
      expect(await store.flows.get('tenant-a', 'flow-1')).toEqual(newFlow())
    })

    secure('gives a flow to exactly one of 100 parallel callers', async ({ store, peer }) => {
      await store.flows.insert(newFlow())
      const callers = Array.from({ length: 100 }, (_, index) =>
        (index % 2 === 0 ? store : peer).flows.consume('tenant-a', 'flow-1', start + 1),
      )
      const winners = (await Promise.all(callers)).filter((flow) => flow !== null)
      expect(winners).toEqual([newFlow({ consumedAt: start + 1 })])
    })

    secure('gives a consumed flow to nobody again', async ({ store, peer }) => {
      await store.flows.insert(newFlow())
      await store.flows.consume('tenant-a', 'flow-1', start + 1)
      expect(await peer.flows.consume('tenant-a', 'flow-1', start + 2)).toBeNull()
      expect((await peer.flows.get('tenant-a', 'flow-1'))?.consumedAt).toBe(start + 1)
    })

    secure('gives an expired flow to nobody', async ({ store }) => {
      await store.flows.insert(newFlow())
      expect(await store.flows.consume('tenant-a', 'flow-1', start + 10 * minute)).toBeNull()
      expect((await store.flows.get('tenant-a', 'flow-1'))?.consumedAt).toBeNull()
      expect(await store.flows.consume('tenant-a', 'flow-1', start + 10 * minute - 1)).not.toBeNull()
    })

    secure('does not consume a flow in a transaction that rolls back', async ({ store }) => {
      await store.flows.insert(newFlow())
      const boom = new Error('boom')
      const failing = store.transaction(async (transaction) => {
        expect(await transaction.flows.consume('tenant-a', 'flow-1', start)).not.toBeNull()
        throw boom
      })
      await expect(failing).rejects.toBe(boom)
      expect(await store.flows.consume('tenant-a', 'flow-1', start)).not.toBeNull()
    })

    test('keeps the outcome', async ({ store, peer }) => {
      await store.flows.insert(newFlow())
      const outcome = { outcome: 'failed', code: 'insufficient_scope', values: { scopes: 'gmail.readonly' } } as const
      await store.flows.finish('tenant-a', 'flow-1', outcome)
      expect(await peer.flows.get('tenant-a', 'flow-1')).toEqual(newFlow({ outcome }))
      await store.flows.finish('tenant-a', 'flow-2', outcome)
      expect(await store.flows.get('tenant-a', 'flow-2')).toBeNull()
    })

    test('counts the live flows of one person', async ({ store }) => {
      await store.flows.insert(newFlow())
      await store.flows.insert(newFlow({ id: 'consumed', consumedAt: start }))
      await store.flows.insert(newFlow({ id: 'short', expiresAt: start + 1 }))
      await store.flows.insert(newFlow({ id: 'other', userId: 'erin' }))
      expect(await store.flows.countLive('tenant-a', 'dana', start)).toBe(2)
      expect(await store.flows.countLive('tenant-a', 'dana', start + 1)).toBe(1)
      expect(await store.flows.countLive('tenant-a', 'erin', start)).toBe(1)
      expect(await store.flows.countLive('tenant-a', 'frank', start)).toBe(0)
    })

    test('removes the expired flows of all tenants', async ({ store, probe, find }) => {
      await store.flows.insert(newFlow({ expiresAt: start - 1 }))
      await store.flows.insert(newFlow({ tenantId: 'tenant-b', expiresAt: start - 2 }))
      await store.flows.insert(newFlow({ id: 'edge', expiresAt: start }))
      expect(await store.flows.removeExpired(start)).toBe(2)
      expect(await probe.rows('flows')).toHaveLength(1)
      expect(await find('flows', 'edge')).toHaveLength(1)
      expect(await store.flows.removeExpired(start)).toBe(0)
    })
  })
}
