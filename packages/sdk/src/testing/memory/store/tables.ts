import type {
  AttemptRecord,
  AuditRecord,
  BreakerRecord,
  ContentRecord,
  DataKeyRecord,
  FlowRecord,
  GoodbyeRecord,
  InboxRecord,
  ItemRecord,
  OutboxRecord,
  PushEndpointRecord,
  SubscriptionRecord,
  SyncStateRecord,
  TokenRecord,
} from '../../../ports/index.ts'
import type { Connection } from '../../../model/connection.ts'
import type { Leased } from './lease.ts'
import { RowTable } from './row-table.ts'
import { TaskTable } from './task-table.ts'
import type { TaskEntry } from './task-table.ts'

export interface TokenEntry extends Leased<TokenRecord> {
  /** A refresh of this version was begun, and nobody said yet how it ended. */
  readonly begun: boolean
}

/** When a budget is full again, epoch milliseconds. */
export interface BudgetEntry {
  readonly tenantId: string
  readonly key: string
  readonly fullAt: number
}

export interface AttemptEntry {
  readonly row: AttemptRecord
  /** The holder's; `null` once it let go. */
  readonly fence: number | null
}

/** What the token endpoint answered one tenant in one minute. */
export interface RefreshEntry {
  readonly tenantId: string
  readonly vendor: string
  /** Its begin, epoch milliseconds. */
  readonly minute: number
  readonly asked: number
  readonly refused: number
}

/** Rows by their key. A stored row is never changed in place, so a copy of the maps is a snapshot. */
export interface Tables {
  readonly connections: RowTable<Connection, 'tenant' | 'id' | 'address'>
  readonly tokens: Map<string, TokenEntry>
  readonly flows: RowTable<FlowRecord, 'tenant'>
  readonly subscriptions: RowTable<SubscriptionRecord, 'id' | 'connection'>
  readonly pushEndpoints: RowTable<PushEndpointRecord, 'key'>
  readonly syncStates: Map<string, Leased<SyncStateRecord>>
  readonly inbox: RowTable<InboxRecord, 'connection'>
  readonly outbox: RowTable<OutboxRecord, 'connection' | 'content'>
  readonly contents: Map<string, ContentRecord>
  readonly items: RowTable<ItemRecord, 'connection'>
  readonly tasks: Map<string, TaskEntry>
  readonly dataKeys: RowTable<DataKeyRecord, 'tenant' | 'key'>
  readonly breakers: Map<string, BreakerRecord>
  readonly budgets: Map<string, BudgetEntry>
  readonly attempts: RowTable<AttemptEntry, 'connection'>
  readonly refreshes: Map<string, RefreshEntry>
  readonly goodbyes: RowTable<GoodbyeRecord, 'tenant'>
  readonly audit: RowTable<AuditRecord, 'tenant'>
  /** What host handlers write through the transaction handle. */
  readonly host: Map<string, unknown>
}

export type MemoryTableName = Exclude<keyof Tables, 'host'>

interface OfTenant {
  readonly tenantId: string
}

interface OfConnection extends OfTenant {
  readonly connectionId: string
}

const tenant = ({ tenantId }: OfTenant): string => tenantId
const connection = ({ tenantId, connectionId }: OfConnection): string => keyOf(tenantId, connectionId)

export function createTables(): Tables {
  return {
    connections: new RowTable<Connection, 'tenant' | 'id' | 'address'>({ tenant, id: ({ id }) => id, address: addressOf }),
    tokens: new Map(),
    flows: new RowTable<FlowRecord, 'tenant'>({ tenant }),
    subscriptions: new RowTable<SubscriptionRecord, 'id' | 'connection'>({ id: ({ id }) => id, connection }),
    pushEndpoints: new RowTable<PushEndpointRecord, 'key'>({ key: ({ key }) => key }),
    syncStates: new Map(),
    inbox: new RowTable<InboxRecord, 'connection'>({ connection }, ({ receivedAt }) => receivedAt),
    outbox: new RowTable<OutboxRecord, 'connection' | 'content'>(
      { connection, content: ({ tenantId, contentHash }) => contentHash && keyOf(tenantId, contentHash) },
      // The next attempt is set before an event is handed over, so it tells when the event was done, and never too early.
      ({ state, nextAttemptAt }) => (state === 'done' ? nextAttemptAt : null),
    ),
    contents: new Map(),
    items: new RowTable<ItemRecord, 'connection'>({ connection }),
    tasks: new TaskTable(),
    dataKeys: new RowTable<DataKeyRecord, 'tenant' | 'key'>({ tenant, key: ({ keyId }) => keyId }),
    breakers: new Map(),
    budgets: new Map(),
    attempts: new RowTable<AttemptEntry, 'connection'>({ connection: ({ row }) => connection(row) }),
    refreshes: new Map(),
    goodbyes: new RowTable<GoodbyeRecord, 'tenant'>({ tenant }),
    audit: new RowTable<AuditRecord, 'tenant'>({ tenant }),
    host: new Map(),
  }
}

/** Rows are replaced and never changed, so that a copy of the maps is a copy of everything. */
export function copyTables(tables: Tables): Tables {
  const copies = Object.entries(createTables()) as [keyof Tables, Map<string, unknown>][]
  for (const [name, copy] of copies) for (const [key, row] of tables[name]) copy.set(key, row)
  return Object.fromEntries(copies) as unknown as Tables
}

/** Makes a key from parts without any part being able to pose as two. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts)
}

/** What connections are found by when a notification names an address; letters count as one, large or small. */
export function addressKeyOf(tenantId: string, provider: string, address: string): string {
  return keyOf(tenantId, provider, address.toLowerCase())
}

function addressOf({ tenantId, provider, account }: Connection): string | null {
  return account && addressKeyOf(tenantId, provider, account.address)
}

export function rowsOf<Row>(entries: readonly (readonly [string, Row])[]): Row[] {
  return entries.map(([, row]) => row)
}

export function deleteWhere<Row>(rows: Map<string, Row>, matches: (row: Row) => boolean): number {
  return deleteOldest(rows, Infinity, matches, () => 0)
}

/** Of those that were over before this time, the longest. @returns how many went */
export function deleteOver(rows: Pick<RowTable<unknown>, 'listOver' | 'delete'>, before: number, limit: number): number {
  const doomed = rows.listOver(before, limit)
  for (const key of doomed) rows.delete(key)
  return doomed.length
}

/** Of those that may go. @returns how many went */
export function deleteOldest<Row>(
  rows: Map<string, Row>,
  limit: number,
  matches: (row: Row) => boolean,
  timeOf: (row: Row) => number,
): number {
  const found: { readonly key: string; readonly time: number }[] = []
  rows.forEach((row, key) => {
    if (matches(row)) found.push({ key, time: timeOf(row) })
  })
  const doomed = found.toSorted((a, b) => a.time - b.time).slice(0, limit)
  for (const { key } of doomed) rows.delete(key)
  return doomed.length
}

/** Newest first; equal times by id, so that the order is always the same. */
export function byNewest(
  a: { readonly createdAt: number; readonly id: string },
  b: { readonly createdAt: number; readonly id: string },
): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)
}
