import { createVirtualClock } from '@tenantry/sandbox'
import { startSandbox } from '@tenantry/sandbox/node'
import type { SharedMailboxSettings } from '@tenantry/sdk'
import { sql } from 'kysely'
import { startPostgres } from '../../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { startDovecot, whyNoDovecot } from '../../mail-servers/start-dovecot.ts'
import { startPostfix, whyNoPostfix } from '../../mail-servers/start-postfix.ts'
import { baseUrl } from '../processes/create-host.ts'
import { principal, whyNoWorkers } from '../processes/start-field.ts'
import { createMailHost } from './create-mail-host.ts'
import { startCountingRelay } from './start-counting-relay.ts'
import { startMailWorker } from './start-mail-worker.ts'
import type { MailWorker } from './start-mail-worker.ts'

export const delegate = 'dana@acme.test'
export const customer = 'ann@customer.test'

/** Why mail workers cannot run here, or `null` when they can. @throws Error where they must */
export const whyNoMailWorkers = (): string | null => whyNoWorkers() ?? whyNoDovecot() ?? whyNoPostfix()

export type MailField = Awaited<ReturnType<typeof startMailField>>

/** Where mail workers work: PostgreSQL, Dovecot and Postfix, all of them real, a Microsoft in this process, and an organization whose app is set up. */
export async function startMailField() {
  const server = await startPostgres()
  const clock = createVirtualClock({ now: Date.now() })
  const { sandbox, origin, stop } = await startSandbox({ port: 0, seed: false, clock })
  const { microsoft } = sandbox
  const dovecot = await startDovecot({ introspection: `${origin}/introspect` })
  const maySendAs = (from: string) => (microsoft.maySendAs({ user: delegate, from }) ? [delegate] : [])
  const postfix = await startPostfix({ dovecot, maySendAs })
  const relay = await startCountingRelay()
  const input = {
    connectionString: server.connectionString,
    endpoints: { ...sandbox.microsoftEndpoints.global, imap: dovecot.tls, smtp: postfix.server },
    authorities: { imap: dovecot.certificate, smtp: postfix.certificate },
    relayUrl: relay.url,
  }
  const host = createMailHost(input)
  const { store } = host
  await store.migrate()
  await sql`create table host_told (name text primary key, count integer not null)`.execute(store.database)
  const workers: MailWorker[] = []
  let aheadMs = 0
  const sdk = () => host.live({ aheadMs })

  const { directoryId } = microsoft.createDirectory({ domain: 'acme.test' })
  microsoft.createDirectory({ domain: 'customer.test' })
  microsoft.createUser({ address: delegate })
  microsoft.createUser({ address: customer })
  const app = microsoft.registerApp({ directoryId, redirectUris: [`${baseUrl}/api/auth/microsoft/callback`] })
  const replace = (value: string) => ({ action: 'replace', value }) as const
  const changes = { directoryId: replace(directoryId), clientId: replace(app.clientId), clientSecret: replace(app.clientSecret) }
  await sdk().microsoft.save({ principal, changes })

  return {
    microsoft,
    relay,
    dovecot,
    store,
    aheadMs: () => aheadMs,
    /** A new shared mailbox, connected. @returns the connection's id */
    async connect(mailbox: string, choices: Pick<SharedMailboxSettings, 'send' | 'receive'>): Promise<string> {
      microsoft.createSharedMailbox({ address: mailbox, members: [delegate] })
      // At an IMAP server a mailbox exists once something came to it.
      await dovecot.deliver(mailbox, writeMail(mailbox, 'earlier'))
      const current = sdk()
      const begun = await current.sharedMailbox.connect({ principal, settings: { name: mailbox, mailbox, ...choices } })
      const { redirectTo } = microsoft.grantConsent({ authorizationUrl: begun.authorizationUrl, address: delegate })
      const url = new URL(redirectTo)
      const [name = '', value] = (begun.setCookie.split(';')[0] ?? '').split('=')
      const cookie = (asked: string) => (asked === name ? value : undefined)
      const { code } = await current.flows.complete({ callbackPath: url.pathname, params: url.searchParams, cookie, principal })
      if (code !== null) throw new Error(`${mailbox} was not connected: ${code}`)
      while ((await current.maintenance.sweep()).claimed > 0);
      return begun.connectionId
    },
    deliver: (mailbox: string, subject: string) => dovecot.deliver(mailbox, writeMail(mailbox, subject)),
    /** Time goes by, for Microsoft, for everybody who starts something from now on, and for leases. */
    async pass(ms: number): Promise<void> {
      aheadMs += ms
      await clock.advance(ms)
      for (const table of ['tenantry_tokens', 'tenantry_tasks', 'tenantry_sync_states', 'tenantry_attempts'])
        await sql`update ${sql.table(table)} set lease_until = lease_until - ${ms}`.execute(store.database)
    },
    /** Time goes by for whoever may take over from a listener that tells nothing of itself any more. */
    async lapse(connectionId: string, ms: number): Promise<void> {
      await sql`update tenantry_tasks set due_at = due_at - ${ms} where connection_id = ${connectionId} and kind = 'listen'`.execute(
        store.database,
      )
    },
    async startWorker(): Promise<MailWorker> {
      const worker = await startMailWorker(input)
      workers.push(worker)
      return worker
    },
    /** How often the host was told of a message with this subject. */
    async told(subject: string): Promise<number> {
      const { rows } = await sql<{ count: number }>`select count from host_told where name = ${subject}`.execute(store.database)
      return rows[0]?.count ?? 0
    },
    /** Subjects of what the customer got, by Graph, by the mail server and by the relay. */
    async arrived(): Promise<readonly string[]> {
      const byServer = (await dovecot.read(customer)).map(
        ({ raw }) => /^Subject: (.*?)\r?$/m.exec(Buffer.from(raw).toString('latin1'))?.[1] ?? '',
      )
      return [...microsoft.inbox(customer).map(({ subject }) => subject), ...byServer, ...relay.sent()]
    },
    async stop(): Promise<void> {
      for (const worker of workers) await worker.kill()
      await host.close()
      await relay.stop()
      await postfix.stop()
      await dovecot.stop()
      await stop()
      await server.stop()
    },
  }
}

function writeMail(to: string, subject: string): Uint8Array {
  const id = `${subject.replace(/\W+/g, '-')}-${globalThis.crypto.randomUUID()}@customer.test`
  return Buffer.from(`Message-ID: <${id}>\r\nFrom: ${customer}\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\nHello.\r\n`)
}
