import { TenantryError } from '@tenantry/sdk/errors'
import type { Logger, Store } from '@tenantry/sdk/ports'
import type { Kysely } from 'kysely'
import { connect } from './connect.ts'
import type { PostgresConnection } from './connect.ts'
import { createToFailure, repeatOnce } from './failures.ts'
import type { LeaseClock } from './leases.ts'
import { guardRepositories } from './guard-repositories.ts'
import { migrate } from './migrate.ts'
import { refuseAfterEnd } from './refuse-after-end.ts'
import { createRepositories } from './repositories/index.ts'
import type { Database } from './schema.ts'

export type PostgresStoreOptions = PostgresConnection & {
  /** Hears the driver's code of every failure; the caller only hears `unavailable`. */
  readonly logger?: Logger
  /** Whose clock ends leases. Default `database`; `caller` only where time is not the real one, in tests. */
  readonly leaseClock?: LeaseClock
}

export type PostgresStore = Store & {
  /** The Kysely handle on our tables, for adapters that keep rows beside them. What it throws is the driver's own. */
  readonly database: Kysely<Database>
}

/**
 * The store in PostgreSQL 13 or later, or in PGlite for one process. Call `migrate()` before the first use.
 * `transaction.native` is a Kysely transaction. Whatever the driver throws becomes `unavailable`.
 *
 * @example
 * const store = createPostgresStore({ connectionString: 'postgres://localhost/app' })
 * await store.migrate()
 */
export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { leaseClock = 'database' } = options
  const toFailure = createToFailure(options.logger)
  const { database, isThere, close } = connect(options, options.logger)
  let closing: Promise<void> | null = null

  const assertOpen = (): void => {
    if (closing !== null || !isThere()) throw new TenantryError('unavailable')
  }

  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw toFailure(error)
    }
  }

  return {
    ...guardRepositories(createRepositories(database, leaseClock), assertOpen, (work) => attempt(() => repeatOnce(work))),
    database,
    // Never repeated: what the work does besides, as a host's handler may, would happen twice.
    async transaction(work) {
      assertOpen()
      const thrown: unknown[] = []
      let ended = false
      const assertRunning = (): void => {
        if (ended) throw new TenantryError('unavailable')
      }
      const run = database
        .transaction()
        .setIsolationLevel('read committed')
        .execute(async (native) => {
          try {
            const repositories = guardRepositories(createRepositories(native, leaseClock), assertRunning, attempt)
            return await work({ ...repositories, native: native.withPlugin(refuseAfterEnd(assertRunning)) })
          } catch (error) {
            thrown.push(error)
            throw error
          } finally {
            ended = true
          }
        })
      return run.catch((error: unknown) => {
        // What the work threw is passed on as it is, also when the rollback failed too.
        throw thrown.length > 0 ? thrown[0] : toFailure(error)
      })
    },
    async migrate() {
      assertOpen()
      await attempt(() => migrate(database))
    },
    async close() {
      closing ??= attempt(close)
      await closing
    },
  }
}
