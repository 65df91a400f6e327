import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { StoreSuite } from './harness.ts'
import { newAuditRecord, newDataKey } from './records.ts'

export function describeDataKeys({ group, test, secure }: StoreSuite): void {
  group('data keys', () => {
    test('gives back the key exactly as it was inserted', async ({ store, peer }) => {
      expect(await store.dataKeys.current('tenant-a')).toBeNull()
      expect(await store.dataKeys.insertFirst(newDataKey())).toEqual(newDataKey())
      expect(await peer.dataKeys.get('tenant-a', 'key-1')).toEqual(newDataKey())
      expect(await peer.dataKeys.current('tenant-a')).toEqual(newDataKey())
      expect(await peer.dataKeys.get('tenant-a', 'key-2')).toBeNull()
    })

    secure('agrees on one first key when many insert at once', async ({ store, peer, probe }) => {
      const inserts = Array.from({ length: 30 }, (_, index) =>
        (index % 2 === 0 ? store : peer).dataKeys.insertFirst(newDataKey({ id: `key-${index}`, wrapped: `EXAMPLE_wrapped_${index}` })),
      )
      const keys = await Promise.all(inserts)
      expect(new Set(keys.map(({ id }) => id)).size).toBe(1)
      expect(await probe.rows('dataKeys')).toHaveLength(1)
      expect(await store.dataKeys.current('tenant-a')).toEqual(keys[0])
    })

    secure('destroys all keys of one tenant and only those', async ({ store, probe, find }) => {
      await store.dataKeys.insertFirst(newDataKey())
      await store.dataKeys.insertFirst(newDataKey({ tenantId: 'tenant-b' }))
      await store.dataKeys.removeForTenant('tenant-a')
      expect(await find('dataKeys', 'tenant-a')).toEqual([])
      expect(await probe.rows('dataKeys')).toHaveLength(1)
      expect(await store.dataKeys.insertFirst(newDataKey({ id: 'key-2' }))).toEqual(newDataKey({ id: 'key-2' }))
    })
  })
}

export function describeAudit({ group, test, secure }: StoreSuite): void {
  group('audit', () => {
    test('appends lines and lists them in order after a given one', async ({ store, peer }) => {
      expect(await store.audit.head('tenant-a')).toBeNull()
      const lines = [1, 2, 3].map((sequence) => newAuditRecord({ sequence, hash: `EXAMPLE_hash_${sequence}` }))
      for (const line of lines) await store.audit.append(line)
      await store.audit.append(newAuditRecord({ tenantId: 'tenant-b' }))
      expect(await peer.audit.head('tenant-a')).toEqual(lines[2])
      expect(await peer.audit.list('tenant-a', 0, 10)).toEqual(lines)
      expect(await peer.audit.list('tenant-a', 1, 1)).toEqual([lines[1]])
      expect(await peer.audit.list('tenant-a', 3, 10)).toEqual([])
    })

    secure('refuses a second line with the same number', async ({ store }) => {
      await store.audit.append(newAuditRecord())
      await expectFailure(store.audit.append(newAuditRecord({ action: 'rewritten' })), 'unavailable')
      expect(await store.audit.list('tenant-a', 0, 10)).toEqual([newAuditRecord()])
    })

    secure('keeps the newest line the newest until the transaction ends, from the first line on', async ({ store, peer }) => {
      const append = (door: typeof store) =>
        door.transaction(async (transaction) => {
          const head = await transaction.audit.head('tenant-a')
          const sequence = (head?.sequence ?? 0) + 1
          await transaction.audit.append(newAuditRecord({ sequence, previousHash: head?.hash ?? '', hash: `EXAMPLE_hash_${sequence}` }))
        })
      await Promise.all(Array.from({ length: 20 }, (_, index) => append(index % 2 === 0 ? store : peer)))
      const lines = await store.audit.list('tenant-a', 0, 100)
      expect(lines.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
      expect(lines.slice(1).every((line, index) => line.previousHash === lines[index]?.hash)).toBe(true)
    })
  })
}
