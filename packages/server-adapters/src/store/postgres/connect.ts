import type { Logger } from '@tenantry/sdk/ports'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import type { Dialect, PGlite } from 'kysely'
import { carryBytes } from './carry-bytes.ts'
import { hearErrors, openPool } from './pool.ts'
import type { PgPoolSubset } from './pool.ts'
import type { Database } from './schema.ts'

/** The part of a PGlite instance that is used. */
export type PGliteSubset = PGlite

export type PostgresConnection =
  /** Opens a `pg` pool of its own, and closes it. */
  | { readonly connectionString: string }
  /** The host's own `pg` pool; it stays open. */
  | { readonly pool: PgPoolSubset }
  /** The host's own PGlite; it stays open. */
  | { readonly pglite: PGliteSubset }
  /** Opens a PGlite in this folder (or `memory://`), and closes it. For one process only. */
  | { readonly dataDir: string }

export interface Connected {
  readonly database: Kysely<Database>
  /** False once an embedded database was closed by somebody else; a server is always worth asking. */
  isThere(): boolean
  close(): Promise<void>
}

/** Opens nothing yet: the driver is loaded and the first connection made with the first query. */
export function connect(options: PostgresConnection, logger: Logger | undefined): Connected {
  if ('pool' in options) return connectTo(new PostgresDialect({ pool: hearErrors(options.pool, logger) }), false)
  if ('connectionString' in options) {
    const pool = async () => hearErrors(await openPool(options.connectionString, logger), logger)
    return connectTo(new PostgresDialect({ pool }), true)
  }
  if ('pglite' in options) {
    const { pglite } = options
    return { ...connectTo(new PGliteDialect({ pglite: carryBytes(pglite) }), false), isThere: () => !pglite.closed }
  }
  return connectTo(new PGliteDialect({ pglite: async () => carryBytes(await openPGlite(options.dataDir)) }), true)
}

function connectTo(dialect: Dialect, owned: boolean): Connected {
  const database = new Kysely<Database>({ dialect })
  return { database, isThere: () => true, close: owned ? () => database.destroy() : async () => undefined }
}

async function openPGlite(dataDir: string): Promise<PGliteSubset> {
  const { PGlite } = await import('@electric-sql/pglite')
  return PGlite.create(dataDir)
}
