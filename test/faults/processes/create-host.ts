import { createTenantry, gmail, googleCalendar } from '@tenantry/sdk'
import type { GoogleEndpoints } from '@tenantry/sdk/ports'
import { createManualJobs } from '@tenantry/sdk/testing'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createLocalKeys } from '@tenantry/server-adapters/keys/local'
import { createPostgresSecrets } from '@tenantry/server-adapters/secrets/postgres'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import type { Transaction } from 'kysely'
import { sql } from 'kysely'
import { Pool } from 'pg'
import { createMortal } from '../mortal.ts'
import type { Death } from '../mortal.ts'

export interface HostInput {
  readonly connectionString: string
  readonly endpoints: GoogleEndpoints
  /** Connections to the database at most. Default 10. */
  readonly poolSize?: number
  /** Time for one call of Google's APIs, milliseconds. Default 10 000. */
  readonly deadlineMs?: number
  /** What PostgreSQL calls its connections. Default `worker`. */
  readonly name?: string
  /** The key-encryption keys that it has, the primary first. Default `k1`. */
  readonly keyIds?: readonly KeyId[]
}

export interface LifeInput {
  /** How far this process's clock is ahead, milliseconds: so that nobody waits, and so that clocks can differ. */
  readonly aheadMs: number
  readonly death?: Death | null
  readonly onDeath?: () => void
}

export const baseUrl = 'https://helpdesk.example.com'
export const environment = 'faults'
export const crypto = createNodeCrypto()
const keyOf = (text: string): string => Buffer.from(text).toString('base64').replace(/^.{4}/, 'q7Zx')

const material = { k1: keyOf('EXAMPLE_key_of_32_random_bytes_!'), k2: keyOf('EXAMPLE_2nd_key_of_32_rand_byte!') }

export type KeyId = keyof typeof material

/** A keyring of some of the keys, the primary first. */
export const keyringOf = (keyIds: readonly KeyId[]) =>
  createLocalKeys({ primary: keyIds[0] ?? '', keys: Object.fromEntries(keyIds.map((id) => [id, material[id]])) })

export const keys = keyringOf(['k1'])

/** A host on PostgreSQL that counts each thing that it is told in the transaction that it is given. */
export function createHost(input: HostInput) {
  const { connectionString, endpoints, poolSize = 10, deadlineMs = 10_000, name = 'worker', keyIds = ['k1'] } = input
  const keys = keyringOf(keyIds)
  const pool = new Pool({ connectionString, max: poolSize, connectionTimeoutMillis: 5_000, keepAlive: true, application_name: name })
  // The store reports what a broken connection means.
  pool.on('error', () => undefined)
  const store = createPostgresStore({ pool })

  /** The sdk as a process has it that starts now. */
  const live = ({ aheadMs, death = null, onDeath }: LifeInput) => {
    const clock = { now: () => Date.now() + aheadMs }
    const mortal = createMortal({ store, fetch: (request) => globalThis.fetch(request) }, death, onDeath)
    const { fetch } = mortal
    const google = createGoogleGateway({ endpoints, fetch, crypto, clock, deadlineMs })
    return createTenantry({
      baseUrl,
      environment,
      store: mortal.store,
      secrets: createPostgresSecrets({ database: store.database, dataKeys: store.dataKeys, keys, crypto, clock, environment }),
      keys,
      jobs: createManualJobs(),
      crypto,
      clock,
      fetch,
      authorize: () => true,
      providers: { gmail: gmail({ google }), calendar: googleCalendar({ google }) },
      on: {
        'message.received': ({ message }, { transaction }) => count(transaction, message.subject),
        'calendar.changed': ({ change }, { transaction }) => count(transaction, change.title ?? ''),
      },
    })
  }
  return { live, store, close: () => store.close().then(() => pool.end()) }
}

async function count(transaction: unknown, name: string): Promise<void> {
  await sql`insert into host_told (name, count) values (${name}, 1)
    on conflict (name) do update set count = host_told.count + 1`.execute(transaction as Transaction<unknown>)
}
