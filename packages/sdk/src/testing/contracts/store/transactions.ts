import { expect } from 'vitest'
import { TenantryError } from '../../../errors/index.ts'
import type { StoreTransaction } from '../../../ports/index.ts'
import { createGate } from '../create-gate.ts'
import { expectFailure } from '../expect-failure.ts'
import { calls } from './calls.ts'
import type { MethodName } from './calls.ts'
import { everyTable } from './harness.ts'
import type { StoreSuite } from './harness.ts'
import { newConnection, newOutboxRecord, newToken } from './records.ts'

const writes: readonly MethodName[] = [
  'connections.insert',
  'tokens.put',
  'flows.insert',
  'subscriptions.put',
  'pushEndpoints.put',
  'syncStates.setCursor',
  'inbox.insert',
  'outbox.insert',
  'contents.put',
  'items.put',
  'tasks.schedule',
  'dataKeys.insertFirst',
  'breakers.trip',
  'budgets.take',
  'attempts.begin',
  'refreshes.note',
  'goodbyes.insert',
  'audit.append',
]

export function describeTransactions({ group, test, secure }: StoreSuite): void {
  group('transactions', () => {
    test('commits all tables together and returns what the work returns', async ({ store, peer, counts }) => {
      const result = await store.transaction(async (transaction) => {
        for (const name of writes) await calls[name].run(transaction, 'tenant-a')
        return { answer: 42 }
      })
      expect(result).toEqual({ answer: 42 })
      expect(await counts()).toEqual(everyTable(1))
      expect(await peer.connections.get('tenant-a', 'connection-1')).toEqual(newConnection())
    })

    test('rolls all tables back and passes the error on unchanged', async ({ store, counts }) => {
      for (const thrown of [new Error('boom'), new TenantryError('forbidden'), 'a string']) {
        const failing = store.transaction(async (transaction) => {
          for (const name of writes) await calls[name].run(transaction, 'tenant-a')
          throw thrown
        })
        await expect(failing).rejects.toBe(thrown)
      }
      expect(await counts()).toEqual(everyTable(0))
    })

    test('restores changed and removed rows', async ({ store }) => {
      await store.connections.insert(newConnection())
      await store.tokens.put(newToken())
      const failing = store.transaction(async (transaction) => {
        await transaction.connections.update('tenant-a', 'connection-1', 1, { name: 'Changed' }, 1)
        await transaction.connections.remove('tenant-a', 'connection-1')
        throw new Error('boom')
      })
      await expect(failing).rejects.toThrow('boom')
      expect(await store.connections.get('tenant-a', 'connection-1')).toEqual(newConnection())
      expect(await store.tokens.get('tenant-a', 'connection-1')).toEqual(newToken())
    })

    test('goes on after a refused insert', async ({ store }) => {
      await calls['flows.insert'].run(store, 'tenant-a')
      await calls['audit.append'].run(store, 'tenant-a')
      await store.transaction(async (transaction) => {
        await expectFailure(calls['flows.insert'].run(transaction, 'tenant-a'), 'unavailable')
        await expectFailure(calls['audit.append'].run(transaction, 'tenant-a'), 'unavailable')
        await transaction.connections.insert(newConnection())
      })
      expect(await store.connections.get('tenant-a', 'connection-1')).toEqual(newConnection())
    })

    test('sees its own writes', async ({ store }) => {
      await store.transaction(async (transaction) => {
        await transaction.connections.insert(newConnection())
        expect(await transaction.connections.get('tenant-a', 'connection-1')).toEqual(newConnection())
        expect(await transaction.connections.update('tenant-a', 'connection-1', 1, { name: 'Two' }, 1)).toMatchObject({ version: 2 })
      })
      expect(await store.connections.get('tenant-a', 'connection-1')).toMatchObject({ name: 'Two', version: 2 })
    })

    secure('shows nobody what is not committed', async ({ store, peer }) => {
      const written = createGate()
      const looked = createGate()
      const failing = store.transaction(async (transaction) => {
        await transaction.outbox.insert([newOutboxRecord()])
        written.open()
        await looked.opened
        throw new Error('boom')
      })
      await written.opened
      // With one connection the reader waits for the end; with two it reads beside the transaction. Nobody may see the row.
      const seen = peer.outbox.get('tenant-a', 'connection-1', 'event-1')
      await Promise.race([seen, new Promise((resolve) => setTimeout(resolve, 100))])
      looked.open()
      await expect(failing).rejects.toThrow('boom')
      expect(await seen).toBeNull()
    })

    secure('keeps a row that a transaction holds as it is until its end', async ({ store, peer }) => {
      await store.connections.insert(newConnection())
      const held = createGate()
      const looked = createGate()
      const order: string[] = []
      const holding = store.transaction(async (transaction) => {
        expect(await transaction.connections.hold('tenant-a', 'connection-1')).toEqual(newConnection())
        held.open()
        await looked.opened
        expect(await transaction.connections.get('tenant-a', 'connection-1')).toMatchObject({ generation: 1 })
        order.push('held')
      })
      await held.opened
      const changing = peer.connections.update('tenant-a', 'connection-1', 1, { generation: 2 }, 1).then(() => order.push('changed'))
      await Promise.race([changing, new Promise((resolve) => setTimeout(resolve, 100))])
      looked.open()
      await Promise.all([holding, changing])
      expect(order).toEqual(['held', 'changed'])
    })

    test('runs many transactions at once without losing a write', async ({ store, peer }) => {
      await store.connections.insert(newConnection({ failures: 0 }))
      const count = async (door: typeof store): Promise<void> => {
        for (let done = false; !done;) {
          done = await door.transaction(async ({ connections }) => {
            const seen = await connections.get('tenant-a', 'connection-1')
            return (
              (await connections.update('tenant-a', 'connection-1', seen?.version ?? 0, { failures: (seen?.failures ?? 0) + 1 }, 1)) !==
              null
            )
          })
        }
      }
      await Promise.all(Array.from({ length: 12 }, (_, index) => count(index % 2 === 0 ? store : peer)))
      expect((await store.connections.get('tenant-a', 'connection-1'))?.failures).toBe(12)
    })

    test('refuses work after its end', async ({ store, probe }) => {
      const kept: StoreTransaction = await store.transaction(async (transaction) => transaction)
      await expectFailure(kept.connections.insert(newConnection()), 'unavailable')
      expect(await probe.rows('connections')).toEqual([])
    })

    test('gives the handler a handle of its own', async ({ store }) => {
      expect(await store.transaction(async ({ native }) => native)).toBeTypeOf('object')
    })
  })
}
