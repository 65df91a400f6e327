import { TenantryError } from '@tenantry/sdk/errors'
import type { Connection } from '@tenantry/sdk/model'
import type { ConnectionPatch, ConnectionRepository } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { ConnectionTable, Database } from '../schema.ts'
import { toNumber } from '../to-number.ts'

/** What hangs on a connection and goes with it. */
const hanging = [
  'tenantry_tokens',
  'tenantry_flows',
  'tenantry_sync_states',
  'tenantry_inbox',
  'tenantry_items',
  'tenantry_attempts',
  'tenantry_tasks',
] as const

export function createConnections(db: Kysely<Database>): ConnectionRepository {
  const select = (tenantId: string) => db.selectFrom('tenantry_connections').selectAll().where('tenant_id', '=', tenantId)

  return {
    async insert(connection) {
      const { tenantId, id, provider, version, createdAt } = connection
      // No exception in the database: it would spoil a transaction that can go on.
      const row = await db
        .insertInto('tenantry_connections')
        .values({ ...toColumns(connection), tenant_id: tenantId, id, provider, version, created_at: createdAt })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
        .returning('id')
        .executeTakeFirst()
      if (row === undefined) throw new TenantryError('connection_exists', { values: { name: connection.name } })
    },
    async get(tenantId, id) {
      const row = await select(tenantId).where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : toConnection(row)
    },
    async hold(tenantId, id) {
      const row = await select(tenantId).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
      return row === undefined ? null : toConnection(row)
    },
    async getMany(keys) {
      if (keys.length === 0) return []
      const given = sql`select * from unnest(${keys.map(({ tenantId }) => tenantId)}::text[], ${keys.map(({ id }) => id)}::text[])`
      const rows = await db
        .selectFrom('tenantry_connections')
        .selectAll()
        .where(sql<boolean>`(tenant_id, id) in (${given})`)
        .execute()
      return rows.map(toConnection)
    },
    async tally(limit) {
      const rows = await db
        .selectFrom('tenantry_connections')
        .select(['tenant_id', 'provider', 'status', 'reason'])
        .select((row) => row.fn.countAll().as('rows'))
        .groupBy(['tenant_id', 'provider', 'status', 'reason'])
        .orderBy('rows', 'desc')
        .orderBy('tenant_id')
        .orderBy('provider')
        .orderBy('status')
        .orderBy(sql`reason nulls first`)
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        tenantId: row.tenant_id,
        provider: row.provider,
        status: row.status,
        reason: row.reason,
        count: toNumber(row.rows),
      }))
    },
    async findById(id) {
      const [first, ...others] = await db.selectFrom('tenantry_connections').selectAll().where('id', '=', id).limit(2).execute()
      return first === undefined || others.length > 0 ? null : toConnection(first)
    },
    async list(tenantId, { provider, ownerUserId, subjects } = {}) {
      const rows = await select(tenantId)
        .$if(provider !== undefined, (query) => query.where('provider', '=', provider ?? ''))
        .$if(ownerUserId !== undefined, (query) => query.where('owner_user_id', '=', ownerUserId ?? ''))
        .$if(subjects !== undefined, (query) => query.where(isOf(subjects ?? [])))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toConnection)
    },
    async findByAddress(tenantId, provider, address) {
      const rows = await select(tenantId)
        .where('provider', '=', provider)
        .where('address_key', '=', address.toLowerCase())
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toConnection)
    },
    async update(tenantId, id, expectedVersion, patch, now) {
      const row = await db
        .updateTable('tenantry_connections')
        .set({ ...toColumns(patch), version: expectedVersion + 1, updated_at: now })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('version', '=', expectedVersion)
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? null : toConnection(row)
    },
    async remove(tenantId, id, { keepNotices = false } = {}) {
      const parts = hanging.map(
        (table) =>
          sql`${sql.ref(`from_${table}`)} as (delete from ${sql.table(table)} where tenant_id = ${tenantId} and connection_id = ${id})`,
      )
      // A channel that ended may still post until its expiry, and has to be known then.
      const subscriptions = sql`from_subscriptions as (
        delete from tenantry_subscriptions where tenant_id = ${tenantId} and connection_id = ${id}
          and (state not in ('retiring', 'retired') or token_hash is null)
      )`
      const events = sql`from_outbox as (
        delete from tenantry_outbox where tenant_id = ${tenantId} and connection_id = ${id}
          and not (${keepNotices}::boolean and state = 'pending' and starts_with(type, 'connection.'))
      )`
      await sql`with ${sql.join([...parts, subscriptions, events])} delete from tenantry_connections where tenant_id = ${tenantId} and id = ${id}`.execute(
        db,
      )
    },
  }
}

type Columns<Given> = { [Key in keyof Given]: Given[Key] }

/** The columns of a whole connection or of a patch; what is absent stays undefined, and Kysely leaves it out. */
function toColumns<Given extends ConnectionPatch>(given: Columns<Given>) {
  const { account } = given
  return {
    owner_user_id: given.ownerUserId as string,
    owner_name: given.ownerName as string | null,
    name: given.name as string,
    settings: toJson(given.settings),
    account: account === null ? null : toJson(account),
    address_key: (account === undefined ? undefined : (account?.address.toLowerCase() ?? null)) as string | null,
    status: given.status as Connection['status'],
    reason: given.reason as Connection['reason'],
    reason_values: toJson(given.reasonValues),
    status_since: given.statusSince as number,
    delivery: given.delivery as Connection['delivery'],
    delivery_reason: given.deliveryReason as Connection['deliveryReason'],
    granted_scopes: toJson(given.grantedScopes),
    app_version: given.appVersion as string | null,
    updated_at: given.updatedAt as number,
    last_sync_at: given.lastSyncAt as number | null,
    last_push_at: given.lastPushAt as number | null,
    last_item_at: given.lastItemAt as number | null,
    next_attempt_at: given.nextAttemptAt as number | null,
    failures: given.failures as number,
    generation: given.generation as number,
  }
}

function toJson(value: unknown): string {
  return (value === undefined ? undefined : JSON.stringify(value)) as string
}

/** Whether a row is of one of these accounts. */
function isOf(subjects: readonly (string | null)[]) {
  const named = subjects.filter((subject) => subject !== null)
  return sql<boolean>`(account->>'subject' = any(${named}::text[]) or (account is null and ${subjects.includes(null)}::boolean))`
}

function toConnection(row: Selectable<ConnectionTable>): Connection {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    provider: row.provider,
    ownerUserId: row.owner_user_id,
    ownerName: row.owner_name,
    name: row.name,
    settings: row.settings,
    account: row.account,
    status: row.status,
    reason: row.reason,
    reasonValues: row.reason_values,
    statusSince: toNumber(row.status_since),
    delivery: row.delivery,
    deliveryReason: row.delivery_reason,
    grantedScopes: row.granted_scopes,
    appVersion: row.app_version,
    createdAt: toNumber(row.created_at),
    updatedAt: toNumber(row.updated_at),
    lastSyncAt: toNumber(row.last_sync_at),
    lastPushAt: toNumber(row.last_push_at),
    lastItemAt: toNumber(row.last_item_at),
    nextAttemptAt: toNumber(row.next_attempt_at),
    failures: toNumber(row.failures),
    version: toNumber(row.version),
    generation: toNumber(row.generation),
  }
}
