import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '@tenantry/sandbox/node'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, whyNoPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import type { Death } from './mortal.ts'
import { createWorker } from './worker.ts'
import type { WorkerInput } from './worker.ts'

const minute = 60_000
const address = 'support@acme.test'
const principal = { tenantId: 'acme', userId: 'dana' }
const masterKey = Buffer.from('EXAMPLE_key_of_32_random_bytes_!').toString('base64').replace(/^.{4}/, 'q7Zx')
const worker = fileURLToPath(new URL('worker.ts', import.meta.url))

/** The worker is a process of its own and runs what is published, so that has to be built. */
const built = existsSync(fileURLToPath(new URL('../../packages/sdk/dist/index.js', import.meta.url)))
const reason = whyNoPostgres() ?? (built ? null : 'the packages are not built')
if (reason !== null && process.env['TENANTRY_REQUIRE_REAL'] === '1') throw new Error(`killed workers cannot be tested: ${reason}`)

const points: Death[] = [
  { step: 'syncStates.acquire', when: 'after' },
  { step: 'transaction.outbox.insert', when: 'after' },
  { step: 'outbox.takeToFetch', when: 'after' },
  { step: 'request messages/:id', when: 'after' },
  { step: 'transaction.contents.put', when: 'after' },
  { step: 'transaction.outbox.settle', when: 'before' },
  { step: 'transaction.outbox.settle', when: 'after' },
  { step: 'outbox.fail', when: 'after' },
  { step: 'contents.get', when: 'after' },
  { step: 'transaction.outbox.complete', when: 'after' },
  { step: 'transaction.end', when: 'before' },
  { step: 'transaction.committed', when: 'before' },
  { step: 'tasks.finish', when: 'before' },
]

describe.skipIf(reason !== null)('K9 of a real worker on PostgreSQL', () => {
  let parts: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    parts = await start()
  }, 120_000)
  afterAll(() => parts.stop())

  it.each(points)(
    'killed $when $step: every mail arrives, once',
    async (death) => {
      const { input, sdk, store, connectionId, sandbox } = parts
      const mails = [1, 2, 3].map((at) => `${String(death.step)} ${death.when} ${at}`)
      for (const subject of mails) sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject, text: 'x' })
      await sdk.gmail.sync({ principal, connectionId })
      expect(await run({ ...input, aheadMs: parts.ahead(), death })).toBe('SIGKILL')
      expect(await run({ ...input, aheadMs: parts.ahead(10 * minute), death: null })).toBe(0)
      const { rows } = await sql<{
        subject: string
        count: number
      }>`select subject, count from host_mail where subject in (${sql.join(mails)})`.execute(store.database)
      expect(rows.toSorted((left, right) => (left.subject < right.subject ? -1 : 1))).toEqual(
        mails.map((subject) => ({ subject, count: 1 })),
      )
    },
    60_000,
  )
})

/** @returns the exit code, or the signal that ended it */
async function run(input: WorkerInput): Promise<number | string | null> {
  const child = spawn(process.execPath, [worker], {
    env: { ...process.env, FAULTS_WORKER: JSON.stringify(input) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)))
}

async function start() {
  const server = await startPostgres()
  const { sandbox, stop } = await startSandbox({ port: 0, seed: false })
  sandbox.google.createAccount({ address })
  const input = { connectionString: server.connectionString, endpoints: sandbox.endpoints, masterKey }
  const { sdk, store } = createWorker({ ...input, aheadMs: 0, death: null })
  await store.migrate()
  await sql`create table host_mail (subject text primary key, count integer not null)`.execute(store.database)
  const { projectId } = sandbox.google.createProject({ publishing: 'production' })
  const client = sandbox.google.createClient({ projectId, redirectUris: ['http://localhost:3000/api/auth/google/callback'] })
  const replace = (value: string) => ({ action: 'replace', value }) as const
  await sdk.google.save({
    principal,
    changes: {
      notifications: 'polling',
      projectId: replace(projectId),
      clientId: replace(client.clientId),
      clientSecret: replace(client.clientSecret),
    },
  })
  const begun = await sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox: address } })
  const url = new URL(sandbox.google.grantConsent({ address, authorizationUrl: begun.authorizationUrl }).redirectTo)
  const [cookie = '', value] = (begun.setCookie.split(';')[0] ?? '').split('=')
  await sdk.flows.complete({
    callbackPath: url.pathname,
    params: url.searchParams,
    cookie: (name) => (name === cookie ? value : undefined),
    principal,
  })
  while ((await sdk.maintenance.sweep()).claimed > 0);
  let aheadMs = 0
  return {
    input,
    sdk,
    store,
    sandbox,
    connectionId: begun.connectionId,
    ahead: (more = 0) => (aheadMs += more),
    stop: async () => {
      await store.close()
      await stop()
      await server.stop()
    },
  }
}
