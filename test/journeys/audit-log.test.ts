import { afterAll, describe, expect, it } from 'vitest'
import { connectGmail, createMemoryStore, setUpGoogle, signIn, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { Store } from '@tenantry/sdk/ports'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { startPostgres, whyNoPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { codeOf } from './expectations.ts'

const { tenantId } = principal
const address = 'support@acme.test'
const minute = 60_000

const readLog = async (world: World): Promise<string[]> =>
  (await world.sdk.audit.list({ tenantId, limit: 500 })).lines.map(({ actor, action, subject, outcome }) =>
    [actor, action, subject, outcome].join(' '),
  )

describe('the audit log of a mailbox', () => {
  it('tells who did what, and what happened by itself, in order', async () => {
    const world = createWorld()
    const { clientId } = await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    const { sdk } = world
    await sdk.gmail.update({ principal, connectionId, changes: { name: 'Help', paused: true } })
    await sdk.gmail.update({ principal, connectionId, changes: { paused: false } })
    await world.settle()
    world.sandbox.google.revokeGrant(address, clientId)
    for (let hour = 0; hour < 3; hour += 1) {
      await world.sandbox.clock.advance(61 * minute)
      await world.settle()
    }
    const refused = await sdk.gmail.reconnect({ principal, connectionId })
    await signIn(world, refused, { address, deny: true })
    const begun = await sdk.gmail.reconnect({ principal, connectionId })
    await signIn(world, begun, { address })
    await world.settle()
    await sdk.gmail.disconnect({ principal, connectionId })
    const it = `connection:${connectionId}`
    expect(await readLog(world)).toEqual([
      'user:dana app.saved app:google ok',
      `user:dana flow.started ${it} ok`,
      `user:dana connection.connected ${it} ok`,
      `user:dana flow.completed ${it} ok`,
      `user:dana settings.changed ${it} ok`,
      `user:dana connection.paused ${it} ok`,
      `user:dana connection.connected ${it} ok`,
      `service connection.needs_reauth ${it} grant_revoked`,
      `user:dana flow.started ${it} ok`,
      `user:dana flow.refused ${it} access_denied`,
      `user:dana flow.started ${it} ok`,
      `user:dana connection.connected ${it} ok`,
      `user:dana flow.completed ${it} ok`,
      `user:dana connection.disconnected ${it} ok`,
    ])
    expect(await sdk.audit.verify({ tenantId })).toMatchObject({ ok: true, lines: 14 })
  })

  it('tells of a sign-in that another browser or person brought back, and names nobody of another tenant', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const begin = () => world.sdk.gmail.connect({ principal, settings: { name: 'Support', mailbox: address } })
    const theirs = await begin()
    await signIn(world, theirs, { address, principal: { tenantId: 'globex', userId: 'mallory' } })
    const elsewhere = await begin()
    await signIn(world, { ...elsewhere, setCookie: '' }, { address, principal: { tenantId, userId: 'eve' } })
    const log = (await readLog(world)).filter((line) => line.includes('flow.refused'))
    expect(log).toEqual([
      `service flow.refused connection:${theirs.connectionId} session_mismatch`,
      `user:eve flow.refused connection:${elsewhere.connectionId} browser_mismatch`,
    ])
  })

  it('has no line of what was refused or changed nothing', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    const before = await readLog(world)
    const changes = { name: ' ' }
    expect(await codeOf(world.sdk.gmail.update({ principal, connectionId, changes }))).toBe('name_invalid')
    await world.sdk.gmail.update({ principal, connectionId, changes: {} })
    await world.sdk.gmail.redrive({ principal, connectionId })
    await world.sandbox.clock.advance(3 * 60 * minute)
    await world.settle()
    expect(await readLog(world)).toEqual(before)
  })

  it('outlives the tenant, and goes on when it comes back', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    await connectGmail(world)
    await world.sdk.tenants.delete({ tenantId })
    const deleted = await world.sdk.audit.verify({ tenantId })
    expect((await readLog(world)).at(-1)).toBe('service tenant.deleted tenant ok')
    if (!deleted.ok || deleted.head === null) throw new Error('the log is broken')
    await setUpGoogle(world, { projectId: 'another-project' })
    expect((await readLog(world)).at(-1)).toBe('user:dana app.saved app:google ok')
    const after = await world.sdk.audit.verify({ tenantId, expectedHead: deleted.head })
    expect(after).toMatchObject({ ok: true, lines: deleted.lines + 1 })
  })

  it('is each tenant’s own', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    expect((await world.sdk.audit.list({ tenantId: 'globex' })).lines).toEqual([])
    expect(await world.sdk.audit.verify({ tenantId: 'globex' })).toEqual({ ok: true, lines: 0, head: null })
  })
})

/** Twenty people start a sign-in in the same moment. */
async function crowd(store: Store): Promise<World> {
  const world = createWorld({ store })
  await setUpGoogle(world)
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      world.sdk.calendar.connect({ principal: { tenantId, userId: `user-${at}` }, settings: { name: `Calendar ${at}` } }),
    ),
  )
  return world
}

describe('twenty who write at once', () => {
  it('leave a gapless chain in memory', async () => {
    const world = await crowd(createMemoryStore())
    expect(await world.sdk.audit.verify({ tenantId })).toMatchObject({ ok: true, lines: 21 })
  })

  const reason = whyNoPostgres()

  describe.skipIf(reason !== null)('on a real PostgreSQL', () => {
    const server = reason === null ? startPostgres() : null
    afterAll(async () => (await server)?.stop())

    it('leave a gapless chain, in which a change of a row is found', async () => {
      const { connectionString } = (await server) ?? { connectionString: '' }
      const store = createPostgresStore({ connectionString, leaseClock: 'caller' })
      await store.migrate()
      const world = await crowd(store)
      expect(await world.sdk.audit.verify({ tenantId })).toMatchObject({ ok: true, lines: 21 })
      await store.database.updateTable('tenantry_audit').set({ actor: 'user:nobody' }).where('sequence', '=', 7).execute()
      expect(await world.sdk.audit.verify({ tenantId })).toEqual({ ok: false, brokenAt: 7, reason: 'hash' })
      await store.close()
    })
  })
})
