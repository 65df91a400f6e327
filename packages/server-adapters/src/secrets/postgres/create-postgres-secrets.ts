import { createEnvelope } from '@tenantry/sdk/crypto'
import type { SealContext } from '@tenantry/sdk/crypto'
import { TenantryError } from '@tenantry/sdk/errors'
import type { Clock, Crypto, DataKeyRepository, KeyProvider, Random, SecretRef, SecretsProvider } from '@tenantry/sdk/ports'
import { sql } from 'kysely'
import type { QueryExecutorProvider, RawBuilder } from 'kysely'

/** A Kysely instance, whatever its tables are called: the `database` of the Postgres store, or a host's own. */
export type SecretsDatabase = QueryExecutorProvider

export interface PostgresSecretsOptions {
  /** Has the table `tenantry_secrets` of the Postgres store's migrations. */
  readonly database: SecretsDatabase
  readonly keys: KeyProvider
  /** The store's. */
  readonly dataKeys: DataKeyRepository
  readonly crypto: Crypto
  readonly random?: Random
  readonly clock?: Clock
  /** Part of what each sealed value is bound to: `production`, `staging`. */
  readonly environment: string
}

interface SecretRow {
  readonly version: string
  readonly sealed: string
  /** Drivers give 64-bit integers as text. */
  readonly created_at: string | number
}

const table = 'tenantry_secrets'

/**
 * Tenants' secrets in PostgreSQL, each sealed for its tenant, name and version: a row that was moved or set back does not open.
 * Every change is one statement, so it holds under any isolation level.
 */
export function createPostgresSecrets(options: PostgresSecretsOptions): SecretsProvider {
  const { database, random = platformRandom, clock = { now: () => Date.now() } } = options
  const envelope = createEnvelope({ ...options, random, clock })

  const run = async <Row>(statement: RawBuilder<Row>): Promise<readonly Row[]> => {
    try {
      return (await statement.execute(database)).rows
    } catch {
      // The driver's error quotes the statement and its values.
      throw new TenantryError('unavailable')
    }
  }

  const write = (ref: SecretRef, ifVersion: string, row: SecretRow): Promise<readonly Pick<SecretRow, 'version'>[]> =>
    ifVersion === 'absent'
      ? run(sql`insert into tenantry_secrets (tenant_id, name, version, sealed, created_at)
          values (${ref.tenantId}, ${ref.name}, ${row.version}, ${row.sealed}, ${row.created_at})
          on conflict (tenant_id, name) do nothing returning version`)
      : run(sql`update tenantry_secrets set version = ${row.version}, sealed = ${row.sealed}, created_at = ${row.created_at}
          where tenant_id = ${ref.tenantId} and name = ${ref.name} and version = ${ifVersion} returning version`)

  return {
    async get(ref) {
      const where = sql`tenant_id = ${ref.tenantId} and name = ${ref.name}`
      const [row] = await run<SecretRow>(sql`select version, sealed, created_at from tenantry_secrets where ${where}`)
      if (row === undefined) return null
      return { version: row.version, createdAt: Number(row.created_at), value: await envelope.open(place(ref, row.version), row.sealed) }
    },
    async put(ref, value, ifVersion) {
      const version = random.uuid()
      const createdAt = clock.now()
      const sealed = await envelope.seal(place(ref, version), value)
      const written = await write(ref, ifVersion, { version, sealed, created_at: createdAt })
      if (written.length === 0) throw new TenantryError('conflict')
      return { version, createdAt }
    },
    async destroy(ref) {
      await run(sql`delete from tenantry_secrets where tenant_id = ${ref.tenantId} and name = ${ref.name}`)
    },
    async destroyTenant(tenantId) {
      await run(sql`delete from tenantry_secrets where tenant_id = ${tenantId}`)
    },
  }
}

function place(ref: SecretRef, version: string): SealContext {
  return { tenantId: ref.tenantId, table, rowId: ref.name, field: 'value', version }
}

const platformRandom: Random = {
  bytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
  uuid: () => globalThis.crypto.randomUUID(),
}
