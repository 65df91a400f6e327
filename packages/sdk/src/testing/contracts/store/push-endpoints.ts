import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { StoreSuite } from './harness.ts'
import { minute, newPushEndpoint, start } from './records.ts'

export function describePushEndpoints({ group, test, secure }: StoreSuite): void {
  group('push endpoints', () => {
    test('gives back an endpoint by its key and by tenant and vendor', async ({ store, peer }) => {
      expect(await store.pushEndpoints.put(newPushEndpoint())).toEqual(newPushEndpoint())
      expect(await peer.pushEndpoints.findByKey('EXAMPLE_push_key_a')).toEqual(newPushEndpoint())
      expect(await peer.pushEndpoints.get('tenant-a', 'google')).toEqual(newPushEndpoint())
      expect(await peer.pushEndpoints.get('tenant-a', 'microsoft')).toBeNull()
      expect(await peer.pushEndpoints.findByKey('EXAMPLE_push_key_b')).toBeNull()
    })

    secure('keeps key and creation time over every put', async ({ store, peer }) => {
      await store.pushEndpoints.put(newPushEndpoint())
      const filled = {
        topic: 'projects/acme/topics/t',
        subscription: 's',
        audience: 'https://app.test/push',
        signer: 'sa@acme.test',
        verifiedAt: start + 2,
        journal: '[{"step":"topic","made":true}]',
      }
      const stored = await peer.pushEndpoints.put(newPushEndpoint({ ...filled, key: 'EXAMPLE_push_key_new', createdAt: start + 1 }))
      expect(stored).toEqual(newPushEndpoint(filled))
      expect(await store.pushEndpoints.get('tenant-a', 'google')).toEqual(stored)
      expect(await store.pushEndpoints.findByKey('EXAMPLE_push_key_new')).toBeNull()
    })

    test('notes what was received, exact to five seconds, and counts what could not be read', async ({ store, peer }) => {
      await store.pushEndpoints.put(newPushEndpoint())
      const note = (receivedAt: number, malformed: number) => peer.pushEndpoints.note('tenant-a', 'google', { receivedAt, malformed })
      const noted = async () => {
        const { lastReceivedAt, malformed } = (await store.pushEndpoints.get('tenant-a', 'google')) ?? {}
        return [lastReceivedAt, malformed]
      }
      await note(start, 0)
      expect(await noted()).toEqual([start, 0])
      await note(start + 5_000, 0)
      expect(await noted()).toEqual([start + 5_000, 0])
      await note(start + 8_000, 0)
      expect((await noted())[0]).toBeGreaterThan(start + 8_000 - 5_000)
      await note(start + 3_000, 2)
      await note(start + 1, 0)
      expect((await noted())[0]).toBeGreaterThanOrEqual(start + 5_000)
      expect((await noted())[1]).toBe(2)
      await note(start + 30_000, 1)
      expect(await noted()).toEqual([start + 30_000, 3])
      await peer.pushEndpoints.note('tenant-b', 'google', { receivedAt: start, malformed: 1 })
      expect(await peer.pushEndpoints.get('tenant-b', 'google')).toBeNull()
    })

    test('loses no count and no later time of many parallel notes', async ({ store, peer }) => {
      await store.pushEndpoints.put(newPushEndpoint())
      const notes = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? store : peer).pushEndpoints.note('tenant-a', 'google', { receivedAt: start + ((index * 7) % 40), malformed: 1 }),
      )
      await Promise.all(notes)
      expect(await store.pushEndpoints.get('tenant-a', 'google')).toMatchObject({ lastReceivedAt: start + 39, malformed: 40 })
    })

    secure('keeps over a put what was noted', async ({ store, peer }) => {
      const first = newPushEndpoint({ lastReceivedAt: start - 1, malformed: 4 })
      expect(await store.pushEndpoints.put(first)).toEqual(first)
      await peer.pushEndpoints.note('tenant-a', 'google', { receivedAt: start + minute, malformed: 2 })
      const stored = await store.pushEndpoints.put(newPushEndpoint({ journal: 'EXAMPLE_journal', lastReceivedAt: null, malformed: 0 }))
      expect(stored).toEqual(newPushEndpoint({ journal: 'EXAMPLE_journal', lastReceivedAt: start + minute, malformed: 6 }))
      expect(await peer.pushEndpoints.findByKey('EXAMPLE_push_key_a')).toEqual(stored)
    })

    secure('agrees on one key when many put the first endpoint at once', async ({ store, peer, probe }) => {
      const puts = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? store : peer).pushEndpoints.put(newPushEndpoint({ key: `EXAMPLE_push_key_${index}` })),
      )
      const keys = (await Promise.all(puts)).map(({ key }) => key)
      expect(new Set(keys).size).toBe(1)
      expect(await probe.rows('pushEndpoints')).toHaveLength(1)
    })

    secure('refuses a key that another tenant has', async ({ store, probe }) => {
      await store.pushEndpoints.put(newPushEndpoint())
      await expectFailure(store.pushEndpoints.put(newPushEndpoint({ tenantId: 'tenant-b' })), 'unavailable')
      expect(await probe.rows('pushEndpoints')).toHaveLength(1)
    })
  })
}
