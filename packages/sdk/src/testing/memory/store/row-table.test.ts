import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyOf } from './copy-of.ts'
import { draftTables } from './draft.ts'
import { createTables } from './tables.ts'
import type { Tables } from './tables.ts'

type Inbox = Tables['inbox']
type Row = Parameters<Inbox['set']>[1]

const connections = ['c1', 'c2']
const change = fc.record({
  key: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
  connectionId: fc.constantFrom(...connections),
  receivedAt: fc.integer({ min: 1, max: 5 }),
  deletes: fc.boolean(),
})
const changes = fc.array(change, { maxLength: 12 })

function apply(table: Inbox, given: readonly (Omit<Row, 'tenantId' | 'dedupeKey'> & { key: string; deletes: boolean })[]): void {
  for (const { key, connectionId, receivedAt, deletes } of given) {
    if (deletes) table.delete(key)
    else table.set(key, { tenantId: 't', connectionId, dedupeKey: key, receivedAt })
  }
}

const foundBy = (table: Inbox) => [
  ...connections.map((id) =>
    table
      .listBy('connection', JSON.stringify(['t', id]))
      .map(([key]) => key)
      .toSorted(),
  ),
  table.listOver(4, 2),
]
const scanned = (table: Inbox) => [
  ...connections.map((id) =>
    [...table]
      .filter(([, row]) => row.connectionId === id)
      .map(([key]) => key)
      .toSorted(),
  ),
  [...table]
    .map(([key, { receivedAt }]) => ({ key, receivedAt }))
    .filter(({ receivedAt }) => receivedAt < 4)
    .toSorted((a, b) => a.receivedAt - b.receivedAt || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key)
    .slice(0, 2),
]

describe('a table with indexes', () => {
  it('finds what a look at everything finds, also in a draft and after its commit', () => {
    fc.assert(
      fc.property(changes, changes, (before, within) => {
        const tables = createTables()
        apply(tables.inbox, before)
        expect(foundBy(tables.inbox)).toEqual(scanned(tables.inbox))
        const was = scanned(tables.inbox)
        const draft = draftTables(tables)
        apply(draft.tables.inbox, within)
        expect(foundBy(draft.tables.inbox)).toEqual(scanned(draft.tables.inbox))
        expect(foundBy(tables.inbox)).toEqual(was)
        const expected = scanned(draft.tables.inbox)
        draft.commit()
        expect([foundBy(tables.inbox), scanned(tables.inbox)]).toEqual([expected, expected])
      }),
    )
  })
})

describe('a copy', () => {
  it('is what structuredClone makes', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withTypedArray: true, withBigInt: true, withNullPrototype: false }), (value) => {
        const copy = copyOf(value)
        expect(copy).toEqual(structuredClone(value))
        if (typeof value === 'object' && value !== null) expect(copy).not.toBe(value)
      }),
    )
  })

  it('shares nothing, and refuses what cannot be stored', () => {
    const row = { list: [{ at: 1 }], bytes: new Uint8Array([1]) }
    const copy = copyOf(row)
    row.list.push({ at: 2 })
    row.bytes[0] = 2
    expect(copy).toEqual({ list: [{ at: 1 }], bytes: new Uint8Array([1]) })
    expect(() => copyOf({ run: () => undefined })).toThrow('could not be cloned')
  })
})
