import { array, assert, asyncProperty, constantFrom, nat, record, subarray } from 'fast-check'
import { expect } from 'vitest'
import type { ItemRecord, Repositories, Store } from '../../../ports/index.ts'
import { describeStoreSuite } from './harness.ts'
import type { StoreContractOptions } from './harness.ts'
import { newItemRecord } from './records.ts'

/** The model: what should lie there, by tenant, connection and id. */
type Rows = Map<string, ItemRecord>

interface Draw {
  readonly name: string
  readonly tenantId: string
  readonly connectionId: string
  /** In an order that is not the store's. */
  readonly ids: readonly string[]
  readonly listing: string
  readonly number: number
}

interface Step {
  readonly mode: 'alone' | 'commit' | 'rollback'
  readonly draws: readonly Draw[]
}

const tenants = ['tenant-a', 'tenant-b']
const connections = ['one', 'two']
const ids = ['z', 'b', 'B', 'a_1', 'a-1', 'a']
const listings = ['listing-1', 'listing-2', 'Listing-3']

const searchLimitMs = 40_000

const byId = (rows: readonly ItemRecord[]): ItemRecord[] => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))

const recordsOf = ({ tenantId, connectionId, ids: given, listing, number }: Draw): ItemRecord[] =>
  given.map((id) =>
    newItemRecord({
      tenantId,
      connectionId,
      id,
      version: `${number}`,
      place: `place-${number % 3}`,
      eventId: `event-${number % 2}`,
      seenIn: listing,
    }),
  )

const keyOf = ({ tenantId, connectionId, id }: ItemRecord): string => JSON.stringify([tenantId, connectionId, id])

const ofConnection = (rows: Rows, { tenantId, connectionId }: Pick<Draw, 'tenantId' | 'connectionId'>): ItemRecord[] =>
  byId([...rows.values()].filter((row) => row.tenantId === tenantId && row.connectionId === connectionId))

const removeFrom = (rows: Rows, draw: Draw, doomed: (row: ItemRecord) => boolean): undefined => {
  for (const [key, row] of rows)
    if (row.tenantId === draw.tenantId && row.connectionId === draw.connectionId && doomed(row)) rows.delete(key)
}

/** What each command asks of the store, and what it does to the model. */
const commands: Record<
  string,
  readonly [run: (on: Repositories, draw: Draw) => Promise<unknown>, expected: (rows: Rows, draw: Draw) => unknown]
> = {
  put: [
    (on, draw) => on.items.put(recordsOf(draw)),
    (rows, draw) => {
      for (const row of recordsOf(draw)) rows.set(keyOf(row), { ...row, toldPlace: rows.get(keyOf(row))?.toldPlace ?? null })
    },
  ],
  get: [
    async (on, { tenantId, connectionId, ids: given }) => byId(await on.items.get(tenantId, connectionId, given)),
    (rows, draw) => ofConnection(rows, draw).filter(({ id }) => draw.ids.includes(id)),
  ],
  setTold: [
    (on, { tenantId, connectionId, ids: given, number }) => on.items.setTold(tenantId, connectionId, given[0] ?? '', `place-${number}`),
    (rows, draw) => {
      for (const row of ofConnection(rows, draw))
        if (row.id === draw.ids[0]) rows.set(keyOf(row), { ...row, toldPlace: `place-${draw.number}` })
    },
  ],
  listUnseen: [
    (on, { tenantId, connectionId, listing, number }) => on.items.listUnseen(tenantId, connectionId, listing, number + 1),
    (rows, draw) =>
      ofConnection(rows, draw)
        .filter(({ seenIn }) => seenIn !== draw.listing)
        .slice(0, draw.number + 1),
  ],
  remove: [
    (on, { tenantId, connectionId, ids: given, number }) => on.items.remove(tenantId, connectionId, given[0] ?? '', `event-${number % 2}`),
    (rows, draw) => removeFrom(rows, draw, ({ id, eventId }) => id === draw.ids[0] && eventId === `event-${draw.number % 2}`),
  ],
  removeForConnection: [
    (on, { tenantId, connectionId }) => on.items.removeForConnection(tenantId, connectionId),
    (rows, draw) => removeFrom(rows, draw, () => true),
  ],
  removeConnection: [
    (on, { tenantId, connectionId }) => on.connections.remove(tenantId, connectionId),
    (rows, draw) => removeFrom(rows, draw, () => true),
  ],
}

const draws = record({
  name: constantFrom('put', 'put', 'put', ...Object.keys(commands)),
  tenantId: constantFrom('tenant-a', ...tenants),
  connectionId: constantFrom(...connections),
  ids: subarray(ids, { minLength: 1 }),
  listing: constantFrom(...listings),
  number: nat(5),
})

const steps = record({
  mode: constantFrom<Step['mode']>('alone', 'alone', 'commit', 'rollback'),
  draws: array(draws, { minLength: 1, maxLength: 6 }),
})

/** Any order of items put, seen, listed and removed, alone and in transactions, against a plain map. */
export function describeItemsModel(name: string, options: StoreContractOptions, runs = 60): void {
  describeStoreSuite(name, { create: options.create }, ({ test }) => {
    test('keeps items through any order of commands as a map does', async ({ close }) => {
      await close()
      await assert(
        asyncProperty(array(steps, { minLength: 3, maxLength: 12 }), async (plan) => {
          const harness = await options.create()
          try {
            await play(harness.store, plan)
          } finally {
            await harness.close()
          }
        }),
        { numRuns: runs, interruptAfterTimeLimit: searchLimitMs },
      )
    })
  })
}

async function play(store: Store, plan: readonly Step[]): Promise<void> {
  let rows: Rows = new Map()
  const rollback = new Error('rollback')
  for (const { mode, draws: given } of plan) {
    const next: Rows = new Map(rows)
    const perform = async (on: Repositories): Promise<void> => {
      for (const draw of given) {
        const [run, expected] = commands[draw.name] ?? []
        expect([draw, await run?.(on, draw)]).toEqual([draw, expected?.(next, draw)])
      }
      if (mode === 'rollback') throw rollback
    }
    if (mode === 'alone') await perform(store)
    else await store.transaction(perform).catch((error: unknown) => (error === rollback ? undefined : Promise.reject(error)))
    if (mode !== 'rollback') rows = next
  }
  for (const tenantId of tenants)
    for (const connectionId of connections)
      expect(await store.items.listUnseen(tenantId, connectionId, '', 99)).toEqual(ofConnection(rows, { tenantId, connectionId }))
}
