import { createTenantry, microsoftSharedMailbox, Secret } from '@tenantry/sdk'
import type { MicrosoftEndpoints } from '@tenantry/sdk/ports'
import { createInProcessJobs } from '@tenantry/server-adapters/jobs/in-process'
import { createMailComposer } from '@tenantry/server-adapters/mail/compose'
import { createImapTransport } from '@tenantry/server-adapters/mail/imap'
import { createRelay } from '@tenantry/server-adapters/mail/relay'
import { createSmtpTransport } from '@tenantry/server-adapters/mail/smtp'
import { createMicrosoftGateway } from '@tenantry/server-adapters/microsoft'
import { createPostgresSecrets } from '@tenantry/server-adapters/secrets/postgres'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import type { Transaction } from 'kysely'
import { sql } from 'kysely'
import { createMortal } from '../mortal.ts'
import { baseUrl, crypto, environment, keys } from '../processes/create-host.ts'
import type { LifeInput } from '../processes/create-host.ts'

export interface MailHostInput {
  readonly connectionString: string
  /** Microsoft, with the mail servers that are real. */
  readonly endpoints: MicrosoftEndpoints
  /** PEM of the authorities of the mail servers. */
  readonly authorities: { readonly imap: string; readonly smtp: string }
  readonly relayUrl: string
}

/** A host of shared mailboxes on PostgreSQL that counts each message that it is told of in the transaction that it is given. */
export function createMailHost({ connectionString, endpoints, authorities, relayUrl }: MailHostInput) {
  const store = createPostgresStore({ connectionString })
  const imap = createImapTransport({ tls: { ca: authorities.imap } })
  const smtp = createSmtpTransport({ tls: { ca: authorities.smtp } })

  /** The sdk as a process has it that starts now. */
  const live = ({ aheadMs, death = null, onDeath }: LifeInput) => {
    const clock = { now: () => Date.now() + aheadMs }
    const mortal = createMortal({ store, fetch: (request) => globalThis.fetch(request) }, death, onDeath)
    const microsoft = createMicrosoftGateway({ endpoints: { global: endpoints }, fetch: mortal.fetch, clock })
    const relay = createRelay({ name: 'LeadMail', url: relayUrl, key: new Secret('EXAMPLE_relay_key'), fetch: mortal.fetch, clock })
    const mail = { composer: createMailComposer(), imap, smtp, relay }
    return createTenantry({
      baseUrl,
      environment,
      store: mortal.store,
      secrets: createPostgresSecrets({ database: store.database, dataKeys: store.dataKeys, keys, crypto, clock, environment }),
      keys,
      jobs: createInProcessJobs({ clock }),
      crypto,
      clock,
      fetch: mortal.fetch,
      authorize: () => true,
      providers: { sharedMailbox: microsoftSharedMailbox({ microsoft, mail }) },
      on: { 'message.received': ({ message }, { transaction }) => count(transaction, message.subject) },
    })
  }
  return {
    live,
    store,
    async close() {
      imap.close()
      await store.close()
    },
  }
}

async function count(transaction: unknown, name: string): Promise<void> {
  await sql`insert into host_told (name, count) values (${name}, 1)
    on conflict (name) do update set count = host_told.count + 1`.execute(transaction as Transaction<unknown>)
}
