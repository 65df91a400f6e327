import { expect } from 'vitest'
import type { Store } from '../../../ports/index.ts'
import type { StoreSuite } from './harness.ts'
import { minute, newToken, start } from './records.ts'

const at = ['tenant-a', 'connection-1'] as const

const lease = { version: 1, owner: 'worker-1', now: start, leaseMs: minute / 2 }

const second = newToken({ version: 2, sealedRefresh: 'EXAMPLE_sealed_refresh_2' })

/** Takes the right to refresh that must be free. */
async function begin(store: Store, over: Partial<typeof lease> = {}) {
  const taken = await store.tokens.acquireLease(...at, { ...lease, ...over })
  if (taken === null) throw new Error('Somebody holds the lease.')
  return taken
}

export function describeTokenDoubts({ group, test, secure }: StoreSuite): void {
  group('tokens in doubt', () => {
    secure('says that an earlier refresh was begun and nobody knows how it ended', async ({ store, peer }) => {
      await store.tokens.put(newToken())
      expect((await begin(store)).inDoubt).toBe(false)
      const next = await begin(peer, { now: start + minute, owner: 'worker-2' })
      expect(next.inDoubt).toBe(true)
      await peer.tokens.releaseLease(...at, { fence: next.fence, settled: false })
      expect((await begin(store)).inDoubt).toBe(true)
    })

    test('has no doubt after an answer, a commit or a new grant', async ({ store }) => {
      await store.tokens.put(newToken())
      const answered = await begin(store)
      await store.tokens.releaseLease(...at, { fence: answered.fence, settled: true })
      const committed = await begin(store)
      expect(committed.inDoubt).toBe(false)
      await store.tokens.commit(second, { version: 1, fence: committed.fence })
      expect((await begin(store, { version: 2 })).inDoubt).toBe(false)
      await store.tokens.put(newToken({ version: 3 }))
      expect((await begin(store, { version: 3 })).inDoubt).toBe(false)
    })

    test('keeps the doubt when a holder of before says that it was answered', async ({ store }) => {
      await store.tokens.put(newToken())
      const stale = await begin(store)
      const fresh = await begin(store, { now: start + minute })
      await store.tokens.releaseLease(...at, { fence: stale.fence, settled: true })
      await store.tokens.releaseLease(...at, { fence: fresh.fence, settled: false })
      expect((await begin(store)).inDoubt).toBe(true)
    })
  })

  group('tokens.doubt', () => {
    test('notes the first refusal of the stored version, whoever holds the lease', async ({ store, peer }) => {
      await store.tokens.put(newToken())
      const { fence } = await begin(store)
      await store.tokens.doubt(...at, { version: 2, at: start })
      expect((await peer.tokens.get(...at))?.doubtedAt).toBeNull()
      await store.tokens.doubt(...at, { version: 1, at: start + 1 })
      await peer.tokens.doubt(...at, { version: 1, at: start + 2 })
      expect(await peer.tokens.get(...at)).toEqual(newToken({ doubtedAt: start + 1 }))
      expect(await store.tokens.commit(second, { version: 1, fence })).toBe(true)
      expect(await peer.tokens.get(...at)).toEqual(second)
    })

    test('does nothing where there is no grant', async ({ store, probe }) => {
      await store.tokens.doubt(...at, { version: 1, at: start })
      expect(await probe.rows('tokens')).toEqual([])
    })
  })

  group('tokens.reject', () => {
    test('ends the access token of the stored version, once', async ({ store, peer }) => {
      await store.tokens.put(newToken())
      expect(await store.tokens.reject(...at, 2)).toBe(false)
      expect(await peer.tokens.get(...at)).toEqual(newToken())
      const callers = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : peer).tokens.reject(...at, 1))
      expect((await Promise.all(callers)).filter(Boolean)).toHaveLength(1)
      const rejected = await peer.tokens.get(...at)
      expect(rejected?.rejected).toBe(true)
      expect(rejected?.accessExpiresAt).toBeLessThanOrEqual(start)
    })

    test('leaves what replaced a rejected one, and may end what came after that', async ({ store }) => {
      await store.tokens.put(newToken())
      await store.tokens.reject(...at, 1)
      const replaced = await begin(store)
      const replacement = { ...second, rejected: true }
      await store.tokens.commit(replacement, { version: 1, fence: replaced.fence })
      expect(await store.tokens.reject(...at, 2)).toBe(false)
      expect(await store.tokens.get(...at)).toEqual(replacement)
      await store.tokens.put(newToken({ version: 3 }))
      expect(await store.tokens.reject(...at, 3)).toBe(true)
    })

    test('keeps the lease of who refreshes meanwhile', async ({ store }) => {
      await store.tokens.put(newToken())
      const { fence } = await begin(store)
      await store.tokens.reject(...at, 1)
      expect(await store.tokens.commit(second, { version: 1, fence })).toBe(true)
      expect(await store.tokens.get(...at)).toEqual(second)
    })
  })
}
