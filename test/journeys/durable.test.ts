import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox, SandboxState } from '@tenantry/sandbox'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createLocalKeys } from '@tenantry/server-adapters/keys/local'
import { createPostgresSecrets } from '@tenantry/server-adapters/secrets/postgres'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import type { PostgresStore, PostgresStoreOptions } from '@tenantry/server-adapters/store/postgres'
import { connectCalendar, connectGmail, createTestTenantry, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { startPostgres, whyNoPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { codeOf } from './expectations.ts'
import { start } from './create-world.ts'

const masterKey = Buffer.from('EXAMPLE_key_of_32_random_bytes_!').toString('base64').replace(/^.{4}/, 'q7Zx')
const crypto = createNodeCrypto()

/** The sdk on the real adapters: PostgreSQL or PGlite, sealed secrets, node crypto. */
function createDurableWorld(options: PostgresStoreOptions, state?: SandboxState) {
  const deliver = (request: Request): Promise<Response> => world.receivePush(request)
  const sandbox: Sandbox = createSandbox({ clock: createVirtualClock({ now: start, frozen: true }), deliver, ...(state && { state }) })
  const store: PostgresStore = createPostgresStore({ ...options, leaseClock: 'caller' })
  const keys = createLocalKeys({ primary: 'k1', keys: { k1: masterKey } })
  const secrets = createPostgresSecrets({
    database: store.database,
    keys,
    dataKeys: store.dataKeys,
    crypto,
    clock: sandbox.clock,
    environment: 'test',
  })
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto,
    clock: sandbox.clock,
  })
  const world = { ...createTestTenantry({ sandbox, google, store, secrets, keys, crypto }), sandbox, store }
  return world
}

const mail = (subject: string) => ({ from: 'a@b.test', subject, text: 'EXAMPLE_mail_text' })
const subjects = (world: ReturnType<typeof createDurableWorld>) =>
  world.events.flatMap((event) => (event.type === 'message.received' ? [event.message.subject] : []))

describe('a restart on the embedded database', () => {
  it('finds everything there, and mail and calendar go on', async () => {
    const dataDir = join(await mkdtemp(join(tmpdir(), 'tenantry-restart-')), 'db')
    const first = createDurableWorld({ dataDir })
    await first.store.migrate()
    first.sandbox.google.createAccount({ address: 'support@acme.test' })
    first.sandbox.google.createAccount({ address: 'dana@acme.test' })
    await setUpGoogle(first)
    const gmail = await connectGmail(first)
    await connectCalendar(first)
    first.sandbox.google.deliverMail('support@acme.test', mail('before'))
    await first.settle()
    expect(subjects(first)).toEqual(['before'])
    const before = await first.sdk.gmail.get({ principal, connectionId: gmail })
    const state = first.sandbox.snapshot()
    await first.store.close()

    const second = createDurableWorld({ dataDir }, state)
    await second.store.migrate()
    expect(await second.sdk.gmail.get({ principal, connectionId: gmail })).toEqual(before)
    expect((await second.sdk.google.status({ principal })).state).toBe('configured')
    await second.sandbox.clock.advance(1_000)
    second.sandbox.google.deliverMail('support@acme.test', mail('after'))
    const event = second.sandbox.google.createEvent('dana@acme.test', 'primary', {
      summary: 'After',
      start: second.sandbox.clock.now(),
      end: second.sandbox.clock.now() + 60_000,
    })
    await second.settle()
    expect(subjects(second)).toEqual(['after'])
    expect(second.events).toContainEqual(
      expect.objectContaining({ type: 'calendar.changed', change: expect.objectContaining({ eventId: event.id }) }),
    )
    await second.store.close()
    await rm(dataDir, { recursive: true, force: true })
  }, 60_000)
})

const reason = whyNoPostgres()

describe.skipIf(reason !== null)('on a real PostgreSQL', () => {
  const server = reason === null ? startPostgres() : null
  afterAll(async () => (await server)?.stop())

  it('many change one connection at once, and none is told that the store is down', async () => {
    const { connectionString } = (await server) ?? { connectionString: '' }
    const world = createDurableWorld({ connectionString })
    await world.store.migrate()
    const busy = { tenantId: 'busy', userId: 'dana' }
    world.sandbox.google.createAccount({ address: 'busy@acme.test' })
    await setUpGoogle(world, { principal: busy })
    const connectionId = await connectGmail(world, { principal: busy, address: 'busy@acme.test' })
    const names = Array.from({ length: 60 }, (_, at) => `Name ${at}`)
    const rename = (name: string) => world.sdk.gmail.update({ principal: busy, connectionId, changes: { name } })
    const renamed = await Promise.all(names.map((name) => codeOf(rename(name))))
    expect(new Set(renamed)).toEqual(new Set(['(succeeded)']))
    expect(names).toContain((await world.sdk.gmail.get({ principal: busy, connectionId })).name)
    await world.store.close()
  }, 60_000)

  it('two processes share the work: everything arrives once, tenants see their own, and no table holds a secret in clear', async () => {
    const { connectionString } = (await server) ?? { connectionString: '' }
    const world = createDurableWorld({ connectionString })
    await Promise.all([world.store.migrate(), world.store.migrate()])
    world.sandbox.google.createAccount({ address: 'support@acme.test' })
    const setup = await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    for (let at = 0; at < 40; at += 1) world.sandbox.google.deliverMail('support@acme.test', mail(`m${at}`))
    await world.sandbox.settled()
    for (let round = 0; round < 10; round += 1)
      await Promise.all([world.sdk.maintenance.sweep(), world.sdk.maintenance.sweep(), world.sdk.maintenance.sweep()])
    await world.settle()
    expect(subjects(world).toSorted()).toEqual(Array.from({ length: 40 }, (_, at) => `m${at}`).toSorted())

    const globex = { tenantId: 'globex', userId: 'gail' }
    expect((await world.sdk.connections.list({ principal: globex })).connections).toEqual([])
    expect((await world.sdk.google.status({ principal: globex })).state).toBe('missing')
    expect(await codeOf(world.sdk.gmail.get({ principal: globex, connectionId }))).toBe('not_found')
    expect(await codeOf(world.sdk.gmail.disconnect({ principal: globex, connectionId }))).toBe('not_found')

    world.sandbox.google.deliverMail('support@acme.test', mail('kept for the scan'))
    await world.sandbox.settled()
    const dump = await dumpAll(world.store)
    expect(dump).toContain('support@acme.test')
    const privateKey: string = JSON.parse(setup.serviceAccountKey).private_key
    for (const secret of [setup.clientSecret, privateKey.slice(40, 80), 'ya29.', 'EXAMPLE_mail_text', '1//'])
      expect(dump).not.toContain(secret)
    await world.store.close()
  }, 60_000)
})

async function dumpAll(store: PostgresStore): Promise<string> {
  const tables = await store.database.introspection.getTables()
  const ours = tables.filter(({ name }) => name.startsWith('tenantry_'))
  expect(ours.length).toBeGreaterThan(10)
  const rows = await Promise.all(
    ours.map(({ name }) =>
      store.database
        .selectFrom(name as 'tenantry_connections')
        .selectAll()
        .execute(),
    ),
  )
  return JSON.stringify(rows)
}
