import { TenantryError } from '../../../errors/index.ts'
import type { Connection } from '../../../model/connection.ts'
import { isNotice } from '../../../model/events.ts'
import type { ConnectionRepository, ConnectionTally } from '../../../ports/index.ts'
import { copyOf } from './copy-of.ts'
import type { Door } from './door.ts'
import { hasEnded } from './subscriptions.ts'
import { addressKeyOf, byNewest, deleteWhere, keyOf, rowsOf } from './tables.ts'
import type { Tables } from './tables.ts'

export function createMemoryConnections(door: Door): ConnectionRepository {
  return {
    async insert(connection) {
      const row = copyOf(connection)
      await door.write(({ connections }) => {
        const key = keyOf(row.tenantId, row.id)
        if (connections.has(key)) throw new TenantryError('connection_exists', { values: { name: row.name } })
        connections.set(key, row)
      })
    },
    get: (tenantId, id) => door.read(({ connections }) => connections.get(keyOf(tenantId, id)) ?? null),
    // Transactions of this store run one after the other.
    hold: (tenantId, id) => door.read(({ connections }) => connections.get(keyOf(tenantId, id)) ?? null),
    getMany: (keys) =>
      door.read(({ connections }) => {
        const wanted = new Set(keys.map(({ tenantId, id }) => keyOf(tenantId, id)))
        return [...wanted].map((key) => connections.get(key)).filter((row) => row !== undefined)
      }),
    tally: (limit) => door.read(({ connections }) => tally([...connections.values()]).slice(0, limit)),
    findById: (id) =>
      door.read(({ connections }) => {
        const [first, ...others] = rowsOf(connections.listBy('id', id))
        return first === undefined || others.length > 0 ? null : first
      }),
    list: (tenantId, filter = {}) =>
      door.read(({ connections }) =>
        rowsOf(connections.listBy('tenant', tenantId))
          .filter((row) => filter.provider === undefined || row.provider === filter.provider)
          .filter((row) => filter.ownerUserId === undefined || row.ownerUserId === filter.ownerUserId)
          .filter((row) => filter.subjects === undefined || filter.subjects.includes(row.account?.subject ?? null))
          .toSorted(byNewest),
      ),
    findByAddress: (tenantId, provider, address) =>
      door.read(({ connections }) => rowsOf(connections.listBy('address', addressKeyOf(tenantId, provider, address))).toSorted(byNewest)),
    update(tenantId, id, expectedVersion, patch, now) {
      const changes = copyOf(patch)
      return door.write(({ connections }) => {
        const key = keyOf(tenantId, id)
        const row = connections.get(key)
        if (row?.version !== expectedVersion) return null
        const { provider, createdAt, version } = row
        const next = { ...row, ...changes, tenantId, id, provider, createdAt, version: version + 1, updatedAt: now }
        connections.set(key, next)
        return next
      })
    },
    remove: (tenantId, id, { keepNotices = false } = {}) => door.write((tables) => removeConnection(tables, { tenantId, id, keepNotices })),
  }
}

/** The largest numbers first; equal ones by name. */
function tally(connections: readonly Connection[]): ConnectionTally[] {
  const tallies = new Map<string, ConnectionTally>()
  for (const { tenantId, provider, status, reason } of connections) {
    const key = keyOf(tenantId, provider, status, reason ?? '')
    tallies.set(key, { tenantId, provider, status, reason, count: (tallies.get(key)?.count ?? 0) + 1 })
  }
  return [...tallies].toSorted(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1)).map(([, found]) => found)
}

function removeConnection(
  tables: Tables,
  { tenantId, id, keepNotices }: { readonly tenantId: string; readonly id: string; readonly keepNotices: boolean },
): void {
  const hangsOn = (row: { readonly tenantId: string; readonly connectionId: string }) =>
    row.tenantId === tenantId && row.connectionId === id
  tables.connections.delete(keyOf(tenantId, id))
  tables.tokens.delete(keyOf(tenantId, id))
  tables.syncStates.delete(keyOf(tenantId, id))
  const place = keyOf(tenantId, id)
  for (const [key, row] of tables.subscriptions.listBy('connection', place))
    // A channel that ended may still post until its expiry, and has to be known then.
    if (!hasEnded(row) || row.tokenHash === null) tables.subscriptions.delete(key)
  deleteWhere(tables.flows, hangsOn)
  for (const table of [tables.inbox, tables.items, tables.attempts])
    for (const [key] of table.listBy('connection', place)) table.delete(key)
  for (const [key, { state, type }] of tables.outbox.listBy('connection', place))
    if (!(keepNotices && state === 'pending' && isNotice(type))) tables.outbox.delete(key)
  deleteWhere(tables.tasks, ({ row }) => hangsOn(row))
}
