import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createMemoryKeys, createMemoryStore } from '@tenantry/sdk/testing'
import type { SecretsHarness } from '@tenantry/sdk/testing/contracts'
import { sql } from 'kysely'
import { createPostgresSecrets } from '../index.ts'
import type { SecretsDatabase } from '../index.ts'

/** The table as the store's migrations make it; adapters do not import each other. */
export async function emptyTable(database: SecretsDatabase): Promise<void> {
  await sql`create table if not exists tenantry_secrets (
    tenant_id text collate "C" not null, name text collate "C" not null, version text not null, sealed text not null,
    created_at bigint not null, primary key (tenant_id, name))`.execute(database)
  await sql`truncate tenantry_secrets`.execute(database)
}

/** Two independent providers on one empty table, and a raw door to it. */
export async function createSecretsHarness(database: SecretsDatabase, peerDatabase: SecretsDatabase): Promise<SecretsHarness> {
  await emptyTable(database)
  const shared = { keys: createMemoryKeys(), dataKeys: createMemoryStore().dataKeys, crypto: createWebCrypto(), environment: 'test' }
  return {
    secrets: createPostgresSecrets({ database, ...shared }),
    peer: createPostgresSecrets({ database: peerDatabase, ...shared }),
    stored: async () => JSON.stringify((await sql`select * from tenantry_secrets`.execute(database)).rows),
    lose: async () => {
      await sql`drop table tenantry_secrets`.execute(database)
    },
    spoil: async ({ tenantId, name }) => {
      await sql`update tenantry_secrets set sealed = left(sealed, -2) || case right(sealed, 2) when 'AA' then 'BB' else 'AA' end
        where tenant_id = ${tenantId} and name = ${name}`.execute(database)
    },
    close: async () => undefined,
  }
}
