import type { Connection } from '../../model/connection.ts'

export type ConnectionPatch = Partial<Omit<Connection, 'tenantId' | 'id' | 'provider' | 'version' | 'createdAt'>>

export interface ConnectionTally {
  readonly tenantId: string
  readonly provider: string
  readonly status: Connection['status']
  readonly reason: Connection['reason']
  readonly count: number
}

export interface ConnectionFilter {
  readonly provider?: string
  readonly ownerUserId?: string
  /** Any of these accounts, as the vendor names them; `null` is that nobody has signed in yet. */
  readonly subjects?: readonly (string | null)[]
}

export interface ConnectionRepository {
  /** @throws `connection_exists` when (tenant, id) is taken */
  insert(connection: Connection): Promise<void>
  get(tenantId: string, id: string): Promise<Connection | null>
  /** As `get`; within a transaction nobody else holds, changes or removes the row until it ends. */
  hold(tenantId: string, id: string): Promise<Connection | null>
  /** Those of many that exist, in any order; of several tenants, so only for upkeep. */
  getMany(keys: readonly { readonly tenantId: string; readonly id: string }[]): Promise<readonly Connection[]>
  /** How many stand where and why, over all tenants. */
  tally(limit: number): Promise<readonly ConnectionTally[]>
  /** By the id alone, for calls that the host itself makes. `null` when it is not there, and when two tenants have it. */
  findById(id: string): Promise<Connection | null>
  /** Newest first. */
  list(tenantId: string, filter?: ConnectionFilter): Promise<readonly Connection[]>
  /** Connections of one tenant and provider whose account address equals the given one, ignoring case. */
  findByAddress(tenantId: string, provider: string, address: string): Promise<readonly Connection[]>
  /**
   * Writes the patch, `version + 1` and `updatedAt` when the stored version equals `expectedVersion`.
   * @returns the new connection, or `null` when the version differs or the row is gone
   */
  update(tenantId: string, id: string, expectedVersion: number, patch: ConnectionPatch, now: number): Promise<Connection | null>
  /**
   * Removes the connection and everything that hangs on it (tokens, subscriptions, sync state, inbox, outbox, items, tasks, flows). Channels
   * that are retiring or retired stay, so that a late post of theirs is still known: `subscriptions.removeEnded` takes them. With `keepNotices` pending
   * `connection.*` events stay too, so that the host is still told.
   */
  remove(tenantId: string, id: string, options?: { readonly keepNotices?: boolean }): Promise<void>
}
