import { expect } from 'vitest'
import { expectFailure } from '../expect-failure.ts'
import type { Repositories } from '../../../ports/index.ts'
import { calls, everyTenant, refused } from './calls.ts'
import { everyTable, storeTables } from './harness.ts'
import type { StoreBench, StoreSuite } from './harness.ts'
import { newItem, newOutboxRecord, start } from './records.ts'

const seeds = [
  'connections.insert',
  'tokens.put',
  'flows.insert',
  'subscriptions.put',
  'pushEndpoints.put',
  'syncStates.request',
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
] as const

export function describeIsolation({ group, secure }: StoreSuite): void {
  group('tenant isolation', () => {
    for (const [name, { run, stranger }] of Object.entries(calls)) {
      if (stranger === everyTenant) continue

      secure(`${name} neither sees nor touches another tenant's rows`, async (bench) => {
        const before = await seed(bench)
        await check(run(bench.store, 'tenant-b'), stranger)
        expect(await rowsOf(bench, 'tenant-a')).toEqual(before)
      })

      secure(`${name} neither sees nor touches another tenant's rows in a transaction`, async (bench) => {
        const before = await seed(bench)
        const inside = bench.store.transaction((transaction) => run(transaction, 'tenant-b'))
        await check(inside, stranger)
        expect(await rowsOf(bench, 'tenant-a')).toEqual(before)
      })
    }
  })
}

async function check(answer: Promise<unknown>, stranger: unknown): Promise<void> {
  if (stranger === refused) await expectFailure(answer, 'unavailable')
  else expect(await answer).toEqual(stranger)
}

/** Fills every table for one tenant, takes the leases, and proves that the rows are there. */
async function seed(bench: StoreBench): Promise<readonly string[]> {
  const on: Repositories = bench.store
  for (const name of seeds) await calls[name].run(on, 'tenant-a')
  await on.tokens.acquireLease('tenant-a', 'connection-1', { version: 9, owner: 'worker', now: start, leaseMs: 60_000 })
  await on.syncStates.acquire('tenant-a', 'connection-1', { owner: 'worker', now: start, leaseMs: 60_000 })
  expect(await bench.counts()).toEqual(everyTable(1))
  // Items that wait to be fetched and one in quarantine, and a status, so that no method misses the other tenant's rows for want of such.
  await on.outbox.insert(['to-fetch-1', 'to-fetch-2', 'to-fetch-3', 'quarantined'].map((id) => newItem({ id })))
  await on.outbox.insert([newOutboxRecord({ id: 'status', type: 'connection.paused' })])
  await on.outbox.settle('tenant-a', 'connection-1', [
    { id: 'quarantined', kind: 'failed', attempts: 5, nextAttemptAt: start, quarantine: true },
  ])
  return rowsOf(bench, 'tenant-a')
}

async function rowsOf(bench: StoreBench, tenantId: string): Promise<readonly string[]> {
  const tables = await Promise.all(storeTables.map((table) => bench.find(table, tenantId)))
  return tables.flat().map((row) => JSON.stringify(row))
}
