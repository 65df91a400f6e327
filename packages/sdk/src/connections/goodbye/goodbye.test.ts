import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../../test/journeys/create-world.ts'
import type { World } from '../../../../../test/journeys/create-world.ts'
import { intercept, live } from '../../../../../test/journeys/meddling.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import { complete, connectCalendar, connectGmail, consent, setUpGoogle, testPrincipal as principal } from '../../testing/index.ts'

const minute = 60_000
const day = 24 * 60 * minute
const tenantId = 'acme'

async function connected() {
  const world = createWorld()
  const setup = await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  world.sandbox.clearRequests()
  return { world, setup, connectionId }
}

const operations = (world: World) => world.sandbox.requests.map(({ operation }) => operation ?? '')

const journals = (world: World): Promise<readonly GoodbyeRecord[]> => world.store.goodbyes.list(tenantId)

const read = async (world: World, connectionId: string) => world.sdk.gmail.get({ principal, connectionId })

describe('a goodbye', () => {
  it('leaves a journal that holds nothing any more once all is done', async () => {
    const { world, connectionId } = await connected()
    expect(await world.sdk.gmail.disconnect({ principal, connectionId })).toMatchObject({ goodbye: null, health: { reason: null } })
    const [journal] = await journals(world)
    expect(journal).toMatchObject({ connectionId, sealed: null, nextAttemptAt: null, endedAt: world.sandbox.clock.now() })
    expect(journal?.steps.map(({ id, state }) => [id, state])).toEqual([
      [`stop/${connectionId}`, 'done'],
      ['revoke', 'done'],
    ])
    expect(await world.store.tasks.get(tenantId, journal?.id ?? '', 'goodbye')).toBeNull()
  })

  it('leaves the access in the account when it is asked to', async () => {
    const { world, connectionId } = await connected()
    expect(await world.sdk.gmail.disconnect({ principal, connectionId, revoke: false })).toMatchObject({ goodbye: null })
    expect(operations(world)).toEqual(['gmail.stop'])
  })

  it.each([
    ['503', () => new Response('busy', { status: 503 }), 1],
    ['400 for another reason', () => Response.json({ error: 'invalid_request' }, { status: 400 }), 1],
    ['400 for a token that is not known', () => Response.json({ error: 'invalid_token' }, { status: 400 }), 0],
  ] as const)('takes %s from the revocation for what it is', async (_, answer, pending) => {
    const { world, connectionId } = await connected()
    let refuses = true
    intercept(world, async (request, serve, { pathname }) => (refuses && pathname.endsWith('/revoke') ? answer() : serve(request)))
    const { goodbye, health } = await world.sdk.gmail.disconnect({ principal, connectionId })
    expect(goodbye?.pending ?? 0).toBe(pending)
    expect(health.reason).toBe(pending === 0 ? null : 'provider_unavailable')
    refuses = false
    await live(world, 2 * minute, 10_000)
    expect(await read(world, connectionId)).toMatchObject({ goodbye: null, health: { reason: null } })
    expect(operations(world).filter((operation) => operation === 'oauth.revoke')).toHaveLength(pending)
  })

  it('revokes again when the answer was lost, which is then known', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: 'oauth.revoke', kind: 'reset', times: 1 })
    await world.sdk.gmail.disconnect({ principal, connectionId })
    expect(await read(world, connectionId)).toMatchObject({ goodbye: { pending: 1, code: 'provider_unavailable' } })
    await live(world, 2 * minute, 10_000)
    expect(await read(world, connectionId)).toMatchObject({ goodbye: null })
  })

  it('waits longer each time, an hour at most, and is given up after seven days', async () => {
    const { world, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.gmail.disconnect({ principal, connectionId })
    const waits: number[] = []
    for (let at = world.sandbox.clock.now(); waits.length < 9;) {
      const next = (await journals(world))[0]?.nextAttemptAt ?? 0
      waits.push((next - at) / 1000)
      at = next
      await world.sandbox.clock.advance(next - world.sandbox.clock.now())
      await world.settle()
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
    expect(outage.hits()).toBeGreaterThan(9)
    await live(world, 7 * day, 60 * minute)
    const { goodbye, health } = await read(world, connectionId)
    expect(goodbye).toMatchObject({ pending: 0, nextAttemptAt: null, code: 'provider_unavailable' })
    expect(goodbye?.givenUp).toBeGreaterThan(0)
    expect(health).toMatchObject({ status: 'disconnected', reason: 'provider_unavailable' })
    expect((await journals(world))[0]).toMatchObject({ sealed: null })
    expect(world.logger.lines.map(({ event }) => event)).toContain('goodbye.given_up')
  })

  it('needs no connection: one that is removed is stopped and revoked all the same', async () => {
    const { world, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.gmail.remove({ principal, connectionId })
    expect(await world.store.connections.list(tenantId)).toEqual([])
    outage.remove()
    // By then the access token has ended, and another is had with what is held.
    await live(world, 2 * 60 * minute, 10 * minute)
    expect(world.sandbox.snapshot().watches).toEqual([])
    expect((await journals(world))[0]?.steps.map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('fetches access with what it holds, stores none, and calls a dead grant done', async () => {
    const { world, setup, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.gmail.disconnect({ principal, connectionId })
    await world.sandbox.clock.advance(2 * 60 * minute)
    outage.remove()
    world.sandbox.google.revokeGrant('support@acme.test', setup.clientId)
    world.sandbox.clearRequests()
    await world.settle()
    expect(operations(world)).toEqual(['oauth.token', 'oauth.revoke'])
    expect(await world.store.tokens.get(tenantId, connectionId)).toBeNull()
    expect((await journals(world))[0]).toMatchObject({ sealed: null, steps: [{ state: 'done', code: 'grant_revoked' }, { state: 'done' }] })
  })

  it('lets the account keep what it signed in again for', async () => {
    const { world, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.gmail.disconnect({ principal, connectionId })
    outage.remove()
    const begun = await world.sdk.gmail.reconnect({ principal, connectionId })
    await complete(world, begun, consent(world, begun, { address: 'support@acme.test' }))
    world.sandbox.clearRequests()
    await live(world, 3 * minute, 10_000)
    expect(operations(world)).not.toContain('oauth.revoke')
    expect(world.sandbox.snapshot().watches).toHaveLength(1)
    expect((await journals(world))[0]).toMatchObject({ sealed: null, steps: [{ state: 'done' }, { state: 'done' }] })
    expect(await read(world, connectionId)).toMatchObject({ goodbye: null, health: { status: 'connected', delivery: 'push' } })
  })

  it('stops the channels of an earlier life after a new sign-in', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectCalendar(world)
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.calendar.disconnect({ principal, connectionId })
    outage.remove()
    const before = world.sandbox.snapshot().channels.map(({ id }) => id)
    const begun = await world.sdk.calendar.reconnect({ principal, connectionId })
    await complete(world, begun, consent(world, begun, { address: 'dana@acme.test' }))
    await live(world, 3 * minute, 10_000)
    const after = world.sandbox.snapshot().channels.map(({ id }) => id)
    expect(after).toHaveLength(1)
    expect(after).not.toEqual(before)
    expect(await world.sdk.calendar.get({ principal, connectionId })).toMatchObject({ goodbye: null, health: { status: 'connected' } })
  })

  it('is tried at once when somebody disconnects again', async () => {
    const { world, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.gmail.disconnect({ principal, connectionId })
    outage.remove()
    expect(await world.sdk.gmail.disconnect({ principal, connectionId })).toMatchObject({ goodbye: null, health: { reason: null } })
    expect(await journals(world)).toHaveLength(1)
  })

  it('answers within seconds although the provider never does', async () => {
    const { world, connectionId } = await connected()
    intercept(world, (request, serve, { pathname }) =>
      pathname.endsWith('/stop') ? new Promise<Response>(() => undefined) : serve(request),
    )
    const ended = await world.sdk.gmail.disconnect({ principal, connectionId })
    expect(ended).toMatchObject({ health: { status: 'disconnected', reason: 'provider_unavailable' }, goodbye: { pending: 2 } })
  }, 15_000)

  it('says beforehand whether others live on the sign-in', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const address = 'dana@acme.test'
    const gmailId = await connectGmail(world, { address })
    expect(await read(world, gmailId)).toMatchObject({ sharesSignIn: false })
    const calendarId = await connectCalendar(world, { address })
    const { connections } = await world.sdk.connections.list({ principal })
    expect(connections.map(({ sharesSignIn }) => sharesSignIn)).toEqual([true, true])
    expect((await world.sdk.gmail.list({ principal })).connections.map(({ sharesSignIn }) => sharesSignIn)).toEqual([true])
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    expect(await read(world, gmailId)).toMatchObject({ sharesSignIn: false })
  })
})
