import { expect } from 'vitest'
import type { DataKeyPlace, DataKeyRecord } from '../../../ports/index.ts'
import { createGate } from '../create-gate.ts'
import type { StoreSuite } from './harness.ts'
import { newDataKey } from './records.ts'

const before: DataKeyPlace = { tenantId: '', id: '' }

const rewrapped = { keyId: 'kek-2', wrapped: 'EXAMPLE_wrapped_anew' }

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

    describeRewrapping({ test, secure })

    test('lists what one key wraps, over all tenants, in pieces', async ({ store, peer }) => {
      const tenants = ['Tenant', 'tenant-10', 'tenant-2', 'tenant-a', '~system']
      for (const tenantId of tenants.toReversed()) await store.dataKeys.insertFirst(newDataKey({ tenantId }))
      await store.dataKeys.insertFirst(newDataKey({ tenantId: 'tenant-1', keyId: 'kek-10' }))
      await store.dataKeys.insertFirst(newDataKey({ tenantId: 'tenant-3', keyId: 'KEK-1' }))
      const listed: DataKeyRecord[] = []
      for (let after = before; ;) {
        const page = await peer.dataKeys.listWrappedBy('kek-1', after, 2)
        listed.push(...page)
        after = page.at(-1) ?? after
        if (page.length < 2) break
      }
      expect(listed).toEqual(tenants.map((tenantId) => newDataKey({ tenantId })))
      expect(await store.dataKeys.listWrappedBy('kek', before, 10)).toEqual([])
    })

    test('counts what each key wraps, over all tenants', async ({ store, peer }) => {
      expect(await store.dataKeys.tally(10)).toEqual([])
      const keyIds = ['kek-2', 'kek-1', 'kek-2', 'KEK-9', 'kek-2']
      for (const [at, keyId] of keyIds.entries()) await store.dataKeys.insertFirst(newDataKey({ tenantId: `tenant-${at}`, keyId }))
      const tallies = [
        { keyId: 'KEK-9', dataKeys: 1 },
        { keyId: 'kek-1', dataKeys: 1 },
        { keyId: 'kek-2', dataKeys: 3 },
      ]
      expect(await peer.dataKeys.tally(10)).toEqual(tallies)
      expect(await peer.dataKeys.tally(2)).toEqual(tallies.slice(0, 2))
      await store.dataKeys.rewrap('tenant-1', 'key-1', newDataKey(), rewrapped)
      expect(await peer.dataKeys.tally(10)).toEqual([tallies[0], { keyId: 'kek-2', dataKeys: 4 }])
    })
  })
}

function describeRewrapping({ test, secure }: Pick<StoreSuite, 'test' | 'secure'>): void {
  test('writes another wrapping of a key, and nothing else', async ({ store, peer, probe }) => {
    await store.dataKeys.insertFirst(newDataKey())
    expect(await peer.dataKeys.rewrap('tenant-a', 'key-1', newDataKey(), rewrapped)).toBe(true)
    expect(await store.dataKeys.current('tenant-a')).toEqual(newDataKey(rewrapped))
    expect(await store.dataKeys.get('tenant-a', 'key-1')).toEqual(newDataKey(rewrapped))
    expect(await store.dataKeys.insertFirst(newDataKey({ id: 'key-2' }))).toEqual(newDataKey(rewrapped))
    expect(await probe.rows('dataKeys')).toHaveLength(1)
  })

  secure('writes over no wrapping but the one that was read', async ({ store }) => {
    await store.dataKeys.insertFirst(newDataKey())
    for (const from of [{ ...rewrapped }, newDataKey({ keyId: 'kek-2' }), newDataKey({ wrapped: 'EXAMPLE_other' })])
      expect(await store.dataKeys.rewrap('tenant-a', 'key-1', from, rewrapped)).toBe(false)
    expect(await store.dataKeys.rewrap('tenant-a', 'key-2', newDataKey(), rewrapped)).toBe(false)
    expect(await store.dataKeys.get('tenant-a', 'key-1')).toEqual(newDataKey())
  })

  secure('lets one of many win that wrap the same key anew at once', async ({ store, peer }) => {
    await store.dataKeys.insertFirst(newDataKey())
    const to = (at: number) => ({ keyId: `kek-${2 + (at % 3)}`, wrapped: `EXAMPLE_wrapped_${at}` })
    const wins = await Promise.all(
      Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? store : peer).dataKeys.rewrap('tenant-a', 'key-1', newDataKey(), to(at))),
    )
    expect(wins.filter(Boolean)).toHaveLength(1)
    expect(await store.dataKeys.get('tenant-a', 'key-1')).toEqual(newDataKey(to(wins.indexOf(true))))
  })

  secure('brings back no key that was destroyed, and touches none of a tenant that came back', async ({ store, probe, find }) => {
    await store.dataKeys.insertFirst(newDataKey())
    await store.dataKeys.removeForTenant('tenant-a')
    expect(await store.dataKeys.rewrap('tenant-a', 'key-1', newDataKey(), rewrapped)).toBe(false)
    expect(await probe.rows('dataKeys')).toEqual([])
    await store.dataKeys.insertFirst(newDataKey({ id: 'key-2' }))
    expect(await store.dataKeys.rewrap('tenant-a', 'key-1', newDataKey(), rewrapped)).toBe(false)
    expect(await find('dataKeys', rewrapped.wrapped)).toEqual([])
  })

  secure('leaves nothing of a key that is destroyed while a transaction wraps it anew', async ({ store, peer, probe }) => {
    await store.dataKeys.insertFirst(newDataKey())
    const written = createGate()
    const goOn = createGate()
    const wrapping = store.transaction(async ({ dataKeys }) => {
      expect(await dataKeys.rewrap('tenant-a', 'key-1', newDataKey(), rewrapped)).toBe(true)
      written.open()
      await goOn.opened
    })
    await written.opened
    const destroying = peer.dataKeys.removeForTenant('tenant-a')
    await Promise.race([destroying, new Promise((resolve) => setTimeout(resolve, 100))])
    goOn.open()
    await Promise.all([wrapping, destroying])
    expect(await probe.rows('dataKeys')).toEqual([])
  })

  test('keeps the old wrapping when its transaction is rolled back', async ({ store }) => {
    await store.dataKeys.insertFirst(newDataKey())
    const failing = store.transaction(async ({ dataKeys }) => {
      await dataKeys.rewrap('tenant-a', 'key-1', newDataKey(), rewrapped)
      expect(await dataKeys.listWrappedBy('kek-2', before, 10)).toEqual([newDataKey(rewrapped)])
      expect(await dataKeys.tally(10)).toEqual([{ keyId: 'kek-2', dataKeys: 1 }])
      throw new Error('boom')
    })
    await expect(failing).rejects.toThrow('boom')
    expect(await store.dataKeys.get('tenant-a', 'key-1')).toEqual(newDataKey())
    expect(await store.dataKeys.listWrappedBy('kek-2', before, 10)).toEqual([])
  })
}
