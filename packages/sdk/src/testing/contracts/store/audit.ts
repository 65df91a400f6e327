import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { StoreSuite } from './harness.ts'
import { newAuditRecord } from './records.ts'

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
