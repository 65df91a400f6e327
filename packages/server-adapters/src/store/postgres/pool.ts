import type { Logger } from '@tenantry/sdk/ports'
import type { PostgresPool, PostgresPoolClient } from 'kysely'

/** The part of a `pg` pool that is used. */
export type PgPoolSubset = PostgresPool

const connectDeadlineMs = 10_000
const statementDeadlineMs = 30_000

export async function openPool(connectionString: string, logger: Logger | undefined): Promise<PgPoolSubset> {
  const { Pool } = await import('pg')
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: connectDeadlineMs,
    statement_timeout: statementDeadlineMs,
    keepAlive: true,
    application_name: 'tenantry',
  })
  // An idle connection that breaks would otherwise end the process; the pool replaces it, and the next query reports an outage.
  pool.on('error', () => logger?.log('warn', 'store.connection_lost'))
  return pool
}

interface HeardClient {
  on?(event: 'error', listener: () => void): unknown
}

/**
 * A pool listens to its idle connections only. One that breaks while it is lent out, or in the moment in which it is, emits an error that
 * nobody hears, and that ends the process; the next statement on it fails anyway.
 */
export function hearErrors(pool: PgPoolSubset, logger: Logger | undefined): PgPoolSubset {
  const heard = new WeakSet<object>()
  const hear = (client: HeardClient): void => {
    if (heard.has(client)) return
    heard.add(client)
    client.on?.('error', () => logger?.log('warn', 'store.connection_lost'))
  }
  // A pool that tells does so before it stops listening itself; what comes after `connect()` may be too late by one message.
  const telling = pool as PgPoolSubset & { on?(event: 'acquire', listener: (client: HeardClient) => void): unknown }
  telling.on?.('acquire', hear)
  return {
    ...(pool.Client !== undefined && { Client: pool.Client }),
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client: PostgresPoolClient & HeardClient = await pool.connect()
      hear(client)
      return client
    },
  }
}
