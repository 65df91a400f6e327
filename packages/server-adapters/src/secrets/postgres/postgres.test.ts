import { describeSecretsProvider } from '@tenantry/sdk/testing/contracts'
import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { startPostgres, whyNoPostgres } from '../../testing-postgres/start-postgres.ts'
import type { RunningPostgres } from '../../testing-postgres/start-postgres.ts'
import { createSecretsHarness } from './testing/secrets-harness.ts'

const missing = whyNoPostgres()

// PGlite has one session; only here do puts race.
describe.skipIf(missing !== null)(`PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: RunningPostgres
  let database: Kysely<unknown>
  let peer: Kysely<unknown>

  const connect = () =>
    new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: server.connectionString }) }) })

  beforeAll(async () => {
    server = await startPostgres()
    database = connect()
    peer = connect()
  })
  afterAll(async () => {
    await Promise.all([database.destroy(), peer.destroy()])
    await server.stop()
  })

  describeSecretsProvider('createPostgresSecrets on PostgreSQL', { create: () => createSecretsHarness(database, peer) })
})
