import type { Repositories, Store } from '../../../ports/index.ts'
import { createMemoryAttempts } from './attempts.ts'
import { createMemoryAudit } from './audit.ts'
import { createMemoryBreakers } from './breakers.ts'
import { createMemoryBudgets } from './budgets.ts'
import { createMemoryConnections } from './connections.ts'
import { createMemoryContents } from './contents.ts'
import { createMemoryDataKeys } from './data-keys.ts'
import { openRows } from './door.ts'
import type { Door } from './door.ts'
import { createMemoryFlows } from './flows.ts'
import { createMemoryGoodbyes } from './goodbyes.ts'
import { createMemoryInbox } from './inbox.ts'
import { createMemoryItems } from './items.ts'
import { createMemoryOutbox } from './outbox.ts'
import { createMemoryPushEndpoints } from './push-endpoints.ts'
import { createMemoryRefreshes } from './refreshes.ts'
import { createMemorySubscriptions } from './subscriptions.ts'
import { createMemorySyncStates } from './sync-states.ts'
import { copyTables, createTables } from './tables.ts'
import type { MemoryTableName, Tables } from './tables.ts'
import { createMemoryTasks } from './tasks.ts'
import { createMemoryTenants } from './tenants.ts'
import { createMemoryTokens } from './tokens.ts'

/** `transaction.native`: what a host handler writes here commits and rolls back together with the store's own rows. */
export interface MemoryTransaction {
  get(key: string): unknown
  set(key: string, value: unknown): void
  delete(key: string): void
}

export interface MemoryStore extends Store {
  /** The committed rows of a table as they lie there, leases included: a second door for tests. */
  rows(table: MemoryTableName): readonly unknown[]
  /** What host handlers wrote through `transaction.native`. */
  hostValue(key: string): unknown
  /** Another store with the same committed rows, to try two futures of one past. */
  fork(): MemoryStore
}

/**
 * A whole store in this process, for tests and demonstrations. Transactions run one after another on a copy; readers outside
 * see what is committed, and writers outside wait, so never wait inside a transaction for a write through the store itself.
 */
export function createMemoryStore(): MemoryStore {
  return openStore(createTables(), 0)
}

function openStore(tables: Tables, firstFence: number): MemoryStore {
  const rows = openRows(tables, firstFence)
  return {
    ...createRepositories(rows.door),
    transaction: (work) =>
      rows.transaction((door, tables) => {
        const native: MemoryTransaction = {
          get: (key) => structuredClone(tables.host.get(key)),
          set: (key, value) => void tables.host.set(key, structuredClone(value)),
          delete: (key) => void tables.host.delete(key),
        }
        return work({ ...createRepositories(door), native })
      }),
    async migrate() {
      await rows.door.read(() => undefined)
    },
    async close() {
      rows.close()
    },
    rows: (table) => structuredClone([...rows.committed()[table].values()]),
    hostValue: (key) => structuredClone(rows.committed().host.get(key)),
    fork: () => openStore(copyTables(rows.committed()), rows.door.nextFence()),
  }
}

function createRepositories(door: Door): Repositories {
  return {
    connections: createMemoryConnections(door),
    tokens: createMemoryTokens(door),
    flows: createMemoryFlows(door),
    subscriptions: createMemorySubscriptions(door),
    pushEndpoints: createMemoryPushEndpoints(door),
    syncStates: createMemorySyncStates(door),
    inbox: createMemoryInbox(door),
    outbox: createMemoryOutbox(door),
    contents: createMemoryContents(door),
    items: createMemoryItems(door),
    tasks: createMemoryTasks(door),
    dataKeys: createMemoryDataKeys(door),
    breakers: createMemoryBreakers(door),
    budgets: createMemoryBudgets(door),
    attempts: createMemoryAttempts(door),
    refreshes: createMemoryRefreshes(door),
    goodbyes: createMemoryGoodbyes(door),
    tenants: createMemoryTenants(door),
    audit: createMemoryAudit(door),
  }
}
