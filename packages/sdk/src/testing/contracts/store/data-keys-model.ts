import { constantFrom, nat, record } from 'fast-check'
import type { DataKeyRecord, Repositories, Store } from '../../../ports/index.ts'
import { compareWithMemory } from './compare-with-memory.ts'
import type { StoreContractOptions } from './harness.ts'
import { newDataKey } from './records.ts'

interface Draw {
  readonly name: string
  readonly tenantId: string
  readonly id: string
  readonly keyId: string
  readonly wrapping: number
  readonly limit: number
}

type Command = (on: Repositories, draw: Draw, seen: Map<string, DataKeyRecord>) => Promise<unknown>

const tenants = ['tenant-a', 'tenant-b', 'Tenant-b']
const keyIds = ['kek-1', 'kek-2', 'KEK-2']

const wrapped = (wrapping: number): string => `EXAMPLE_wrapped_${wrapping}`

const commands: Record<string, Command> = {
  insertFirst: (on, { tenantId, id, keyId, wrapping }) =>
    on.dataKeys.insertFirst(newDataKey({ tenantId, id, keyId, wrapped: wrapped(wrapping) })),
  async read(on, { tenantId }, seen) {
    const found = await on.dataKeys.current(tenantId)
    if (found !== null) seen.set(tenantId, found)
    return found
  },
  /** From what was read at some time, as another process may have it. */
  rewrap(on, { tenantId, id, keyId, wrapping }, seen) {
    const from = seen.get(tenantId) ?? newDataKey({ tenantId, id })
    return on.dataKeys.rewrap(tenantId, from.id, from, { keyId, wrapped: wrapped(wrapping) })
  },
  removeForTenant: (on, { tenantId }) => on.dataKeys.removeForTenant(tenantId),
  get: (on, { tenantId, id }) => on.dataKeys.get(tenantId, id),
  listWrappedBy: (on, { tenantId, id, keyId, limit }) => on.dataKeys.listWrappedBy(keyId, { tenantId, id }, limit),
  tally: (on, { limit }) => on.dataKeys.tally(limit),
}

const draws = record({
  name: constantFrom(...Object.keys(commands), 'insertFirst', 'read', 'rewrap', 'rewrap'),
  tenantId: constantFrom(...tenants),
  id: constantFrom('key-1', 'key-2'),
  keyId: constantFrom(...keyIds),
  wrapping: nat(3),
  limit: nat(2).map((count) => count + 1),
})

/** Keys that are made, wrapped anew by several at once and destroyed, in any order. */
export function describeDataKeysModel(name: string, options: StoreContractOptions, runs = 40): void {
  compareWithMemory(name, options, {
    title: 'leads data keys through any order of making, wrapping anew and destroying as the memory store does',
    draws,
    start() {
      const seen = new Map<string, DataKeyRecord>()
      return async (on, draw) => commands[draw.name]?.(on, draw, seen)
    },
    readAll,
    runs,
  })
}

async function readAll(store: Store): Promise<unknown> {
  const before = { tenantId: '', id: '' }
  return [
    await Promise.all(tenants.map((tenantId) => store.dataKeys.current(tenantId))),
    await Promise.all(keyIds.map((keyId) => store.dataKeys.listWrappedBy(keyId, before, 99))),
    await store.dataKeys.tally(99),
  ]
}
