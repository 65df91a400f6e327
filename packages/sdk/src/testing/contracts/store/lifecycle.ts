import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import { calls } from './calls.ts'
import type { StoreSuite } from './harness.ts'
import { newConnection } from './records.ts'

export function describeLifecycle({ group, test, secure }: StoreSuite): void {
  group('lifecycle', () => {
    test('migrates again and from several sides at once, and keeps what is there', async ({ store, peer }) => {
      await store.connections.insert(newConnection())
      await Promise.all([store.migrate(), peer.migrate(), store.migrate(), peer.migrate()])
      await store.migrate()
      expect(await peer.connections.get('tenant-a', 'connection-1')).toEqual(newConnection())
    })

    secure('answers every call with unavailable once closed, and never with "not there"', async ({ store }) => {
      await store.close()
      for (const { run } of Object.values(calls)) await expectFailure(run(store, 'tenant-a'), 'unavailable')
      await expectFailure(
        store.transaction(async () => 'never'),
        'unavailable',
      )
      await expectFailure(store.migrate(), 'unavailable')
      await store.close()
    })

    test('answers every call with unavailable when the database is gone, and tells nothing else', async ({ store, lose }) => {
      await store.connections.insert(newConnection())
      await lose()
      for (const { run } of Object.values(calls)) {
        const error = await expectFailure(run(store, 'tenant-a'), 'unavailable')
        expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(
          /tenantry_|select|insert|tenant-a|EXAMPLE_|127\.0\.0\.1|ECONN/i,
        )
      }
      await expectFailure(
        store.transaction(({ connections }) => connections.get('tenant-a', 'connection-1')),
        'unavailable',
      )
    })
  })
}
