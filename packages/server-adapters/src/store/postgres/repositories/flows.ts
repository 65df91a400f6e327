import { TenantryError } from '@tenantry/sdk/errors'
import type { FlowRecord, FlowRepository } from '@tenantry/sdk/ports'
import type { Kysely, Selectable } from 'kysely'
import type { Database, FlowTable } from '../schema.ts'
import { toNumber } from '../to-number.ts'

export function createFlows(db: Kysely<Database>): FlowRepository {
  return {
    async insert(flow) {
      // No exception in the database: it would spoil a transaction that can go on.
      const row = await db
        .insertInto('tenantry_flows')
        .values(toRow(flow))
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
        .returning('id')
        .executeTakeFirst()
      if (row === undefined) throw new TenantryError('unavailable')
    },
    async get(tenantId, id) {
      const row = await db
        .selectFrom('tenantry_flows')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async consume(tenantId, id, now) {
      const row = await db
        .updateTable('tenantry_flows')
        .set({ consumed_at: now })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('consumed_at', 'is', null)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? null : toRecord(row)
    },
    async finish(tenantId, id, outcome) {
      await db
        .updateTable('tenantry_flows')
        .set({ outcome: JSON.stringify(outcome) })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    },
    async countLive(tenantId, userId, now) {
      const row = await db
        .selectFrom('tenantry_flows')
        .select((row) => row.fn.countAll().as('live'))
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .where('consumed_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirstOrThrow()
      return toNumber(row.live)
    },
    async removeExpired(before) {
      const { numDeletedRows } = await db.deleteFrom('tenantry_flows').where('expires_at', '<', before).executeTakeFirst()
      return toNumber(numDeletedRows)
    },
  }
}

function toRow(flow: FlowRecord) {
  return {
    tenant_id: flow.tenantId,
    id: flow.id,
    user_id: flow.userId,
    provider: flow.provider,
    connection_id: flow.connectionId,
    generation: flow.generation,
    callback_path: flow.callbackPath,
    redirect_uri: flow.redirectUri,
    settings: flow.settings === null ? null : JSON.stringify(flow.settings),
    scopes: JSON.stringify(flow.scopes),
    app_version: flow.appVersion,
    sealed_verifier: flow.sealedVerifier,
    nonce_hash: flow.nonceHash,
    binding_hash: flow.bindingHash,
    return_to: flow.returnTo,
    opener_origin: flow.openerOrigin,
    created_at: flow.createdAt,
    expires_at: flow.expiresAt,
    consumed_at: flow.consumedAt,
    outcome: flow.outcome === null ? null : JSON.stringify(flow.outcome),
  }
}

function toRecord(row: Selectable<FlowTable>): FlowRecord {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    connectionId: row.connection_id,
    generation: toNumber(row.generation),
    callbackPath: row.callback_path,
    redirectUri: row.redirect_uri,
    settings: row.settings,
    scopes: row.scopes,
    appVersion: row.app_version,
    sealedVerifier: row.sealed_verifier,
    nonceHash: row.nonce_hash,
    bindingHash: row.binding_hash,
    returnTo: row.return_to,
    openerOrigin: row.opener_origin,
    createdAt: toNumber(row.created_at),
    expiresAt: toNumber(row.expires_at),
    consumedAt: toNumber(row.consumed_at),
    outcome: row.outcome,
  }
}
