import { createTenantry, gmail } from '@tenantry/sdk'
import type { GoogleEndpoints } from '@tenantry/sdk/ports'
import { createManualJobs } from '@tenantry/sdk/testing'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createLocalKeys } from '@tenantry/server-adapters/keys/local'
import { createPostgresSecrets } from '@tenantry/server-adapters/secrets/postgres'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import type { Transaction } from 'kysely'
import { sql } from 'kysely'
import { createMortal } from './mortal.ts'
import type { Death } from './mortal.ts'

export interface WorkerInput {
  readonly connectionString: string
  readonly endpoints: GoogleEndpoints
  readonly masterKey: string
  /** How far this process's clock is ahead, milliseconds: so that nobody waits for the leases of the dead. */
  readonly aheadMs: number
  readonly death: Death | null
}

/** A host's worker on PostgreSQL that counts each mail in the transaction that it is given. */
export function createWorker({ connectionString, endpoints, masterKey, aheadMs, death }: WorkerInput) {
  const clock = { now: () => Date.now() + aheadMs }
  const crypto = createNodeCrypto()
  const keys = createLocalKeys({ primary: 'k1', keys: { k1: masterKey } })
  const real = createPostgresStore({ connectionString })
  // The real end of a real process: nothing is caught, flushed or closed.
  const { store, fetch } = createMortal({ store: real, fetch: (request) => globalThis.fetch(request) }, death, () =>
    process.kill(process.pid, 'SIGKILL'),
  )
  const environment = 'faults'
  const sdk = createTenantry({
    baseUrl: 'http://localhost:3000',
    environment,
    store,
    secrets: createPostgresSecrets({ database: real.database, dataKeys: real.dataKeys, keys, crypto, clock, environment }),
    keys,
    jobs: createManualJobs(),
    crypto,
    clock,
    fetch,
    authorize: () => true,
    providers: { gmail: gmail({ google: createGoogleGateway({ endpoints, fetch, crypto, clock }) }) },
    on: {
      'message.received': async ({ message }, { transaction }) => {
        await sql`insert into host_mail (subject, count) values (${message.subject}, 1)
          on conflict (subject) do update set count = host_mail.count + 1`.execute(transaction as Transaction<unknown>)
      },
    },
  })
  return { sdk, store: real }
}

export async function workUntilDone(input: WorkerInput): Promise<void> {
  const { sdk, store } = createWorker(input)
  while ((await sdk.maintenance.sweep({ budgetMs: 60_000 })).claimed > 0);
  await store.close()
}

if (process.env['FAULTS_WORKER'] !== undefined) await workUntilDone(JSON.parse(process.env['FAULTS_WORKER']) as WorkerInput)
