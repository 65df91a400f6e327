import type { Store } from '../../../ports/index.ts'
import { describeSuite } from '../suite.ts'
import type { Closable, Skip, Suite } from '../suite.ts'

/** The store's tables by their names in the port. */
export const storeTables = [
  'connections',
  'tokens',
  'flows',
  'subscriptions',
  'pushEndpoints',
  'syncStates',
  'inbox',
  'outbox',
  'contents',
  'items',
  'tasks',
  'dataKeys',
  'breakers',
  'budgets',
  'attempts',
  'refreshes',
  'goodbyes',
  'audit',
] as const

export type StoreTable = (typeof storeTables)[number]

/** The second door: what lies in the database, not what the store says about it. */
export interface StoreProbe {
  /** All rows of a table, as JSON-able values. Names and shapes are the adapter's own. */
  rows(table: StoreTable): Promise<readonly unknown[]>
}

export interface StoreHarness extends Closable {
  /** Migrated and empty. */
  readonly store: Store
  readonly probe: StoreProbe
  /** A second, independent connection to the same data, for race tests. */
  readonly peer?: () => Promise<Store>
  /** Takes the database away while the store is open. */
  readonly lose?: () => Promise<void>
}

export interface StoreContractOptions {
  readonly create: () => Promise<StoreHarness>
  readonly skip?: readonly Skip[]
}

/** What a test gets: the peer is open, or is the store itself where there can be but one connection. */
export interface StoreBench extends Closable {
  readonly store: Store
  readonly peer: Store
  readonly probe: StoreProbe
  lose(): Promise<void>
  /** How many raw rows each table has. */
  counts(): Promise<Record<StoreTable, number>>
  /** The raw rows of a table that contain the text. */
  find(table: StoreTable, text: string): Promise<readonly unknown[]>
}

export type StoreSuite = Suite<StoreBench>

export function describeStoreSuite(name: string, options: StoreContractOptions, tests: (suite: StoreSuite) => void): void {
  describeSuite(name, { ...options, create: async () => openBench(await options.create()) }, tests)
}

async function openBench(harness: StoreHarness): Promise<StoreBench> {
  const peer = (await harness.peer?.()) ?? harness.store
  return {
    store: harness.store,
    peer,
    probe: harness.probe,
    async counts() {
      const entries = storeTables.map(async (table) => [table, (await harness.probe.rows(table)).length] as const)
      return Object.fromEntries(await Promise.all(entries)) as Record<StoreTable, number>
    },
    async find(table, text) {
      const rows = await harness.probe.rows(table)
      return rows.filter((row) => JSON.stringify(row).includes(text))
    },
    async lose() {
      if (harness.lose === undefined) throw new Error('Give the harness a lose(), or skip the test and say why.')
      await harness.lose()
    },
    async close() {
      if (peer !== harness.store) await peer.close()
      await harness.close()
    },
  }
}

/** The counts of a store that has so many rows in every table. */
export function everyTable(rows: number): Record<StoreTable, number> {
  return Object.fromEntries(storeTables.map((table) => [table, rows])) as Record<StoreTable, number>
}
