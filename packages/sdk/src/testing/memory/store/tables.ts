import type {
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
import { TaskTable } from './task-table.ts'
import type { TaskEntry } from './task-table.ts'

export interface TokenEntry extends Leased<TokenRecord> {
  /** A refresh of this version was begun, and nobody said yet how it ended. */
  readonly begun: boolean
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
  readonly connections: Map<string, Connection>
  readonly tokens: Map<string, TokenEntry>
  readonly flows: Map<string, FlowRecord>
  readonly subscriptions: Map<string, SubscriptionRecord>
  readonly pushEndpoints: Map<string, PushEndpointRecord>
  readonly syncStates: Map<string, Leased<SyncStateRecord>>
  readonly inbox: Map<string, InboxRecord>
  readonly outbox: Map<string, OutboxRecord>
  readonly contents: Map<string, ContentRecord>
  readonly items: Map<string, ItemRecord>
  readonly tasks: Map<string, TaskEntry>
  readonly dataKeys: Map<string, DataKeyRecord>
  readonly breakers: Map<string, BreakerRecord>
  readonly refreshes: Map<string, RefreshEntry>
  readonly goodbyes: Map<string, GoodbyeRecord>
  readonly audit: Map<string, AuditRecord>
  /** What host handlers write through the transaction handle. */
  readonly host: Map<string, unknown>
}

export type MemoryTableName = Exclude<keyof Tables, 'host'>

export function createTables(): Tables {
  return {
    connections: new Map(),
    tokens: new Map(),
    flows: new Map(),
    subscriptions: new Map(),
    pushEndpoints: new Map(),
    syncStates: new Map(),
    inbox: new Map(),
    outbox: new Map(),
    contents: new Map(),
    items: new Map(),
    tasks: new TaskTable(),
    dataKeys: new Map(),
    breakers: new Map(),
    refreshes: new Map(),
    goodbyes: new Map(),
    audit: new Map(),
    host: new Map(),
  }
}

/** Rows are replaced and never changed, so that a copy of the maps is a copy of everything. */
export function copyTables(tables: Tables): Tables {
  const { tasks, ...others } = tables
  const copies = Object.entries(others).map(([name, rows]) => [name, new Map(rows)] as const)
  return { ...Object.fromEntries(copies), tasks: new TaskTable(tasks) } as unknown as Tables
}

/** Makes a key from parts without any part being able to pose as two. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts)
}

export function deleteWhere<Row>(rows: Map<string, Row>, matches: (row: Row) => boolean): number {
  const keys = [...rows].filter(([, row]) => matches(row)).map(([key]) => key)
  for (const key of keys) rows.delete(key)
  return keys.length
}

/** Newest first; equal times by id, so that the order is always the same. */
export function byNewest(
  a: { readonly createdAt: number; readonly id: string },
  b: { readonly createdAt: number; readonly id: string },
): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)
}
