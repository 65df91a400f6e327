import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { live } from '../../../../test/journeys/meddling.ts'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const minute = 60_000

describe('resetting Google', () => {
  it('ends five hundred connections at once, and says how far Google was told', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const first = await connectCalendar(world)
    const source = await world.store.connections.get('acme', first)
    const token = await world.store.tokens.get('acme', first)
    if (source === null || token === null) throw new Error('there is no connection')
    // Their channels alone: what matters here is how many there are.
    for (let number = 1; number < 500; number += 1) {
      const id = `calendar-${number}`
      await world.store.connections.insert({
        ...source,
        id,
        name: `Calendar ${number}`,
        account: { subject: id, address: `${id}@acme.test` },
      })
      await world.store.subscriptions.put({
        tenantId: 'acme',
        connectionId: id,
        id: `channel-${number}`,
        provider: 'google-calendar',
        state: 'active',
        tokenHash: 'EXAMPLE_hash',
        resourceId: 'resource',
        target: 'https://app.example.com/api/calendar/webhooks/google',
        expiresAt: world.sandbox.clock.now() + 60 * minute,
        createdAt: world.sandbox.clock.now(),
      })
    }
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    const { disconnected, remotePending, status } = await world.sdk.google.reset({ principal })
    expect(disconnected).toBe(500)
    expect((await world.store.connections.list('acme')).every((connection) => connection.status === 'disconnected')).toBe(true)
    expect(remotePending.some(({ connectionId }) => connectionId === first)).toBe(true)
    expect(status.goodbye).toMatchObject({ total: 500, givenUp: [] })
    outage.remove()
    await live(world, 30 * minute, 10 * minute)
    expect((await world.sdk.google.status({ principal })).goodbye).toMatchObject({ total: 500, done: 500, pending: [] })
    expect(world.sandbox.snapshot().channels).toEqual([])
  }, 60_000)

  it('stops a mailbox and a calendar of one sign-in before it takes that back, once', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const address = 'dana@acme.test'
    await connectGmail(world, { address })
    await connectCalendar(world, { address })
    world.sandbox.clearRequests()
    expect(await world.sdk.google.reset({ principal })).toMatchObject({ disconnected: 2, remotePending: [] })
    const operations = world.sandbox.requests.map(({ operation }) => operation ?? '')
    expect(operations.slice(0, 2).toSorted()).toEqual(['calendar.channels.stop', 'gmail.stop'])
    expect(operations.slice(2)).toContain('oauth.revoke')
    const { watches, channels } = world.sandbox.snapshot()
    expect([watches, channels]).toEqual([[], []])
  })

  it('tells each connection that it has to sign in again, and why', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectGmail(world)
    await world.sdk.google.reset({ principal })
    expect((await world.sdk.connections.list({ principal })).connections).toMatchObject([
      { id: connectionId, health: { status: 'disconnected', reason: 'google_reset' } },
    ])
    await world.settle()
    expect(world.events.filter(({ type }) => type === 'connection.disconnected')).toMatchObject([{ reason: 'google_reset' }])
    expect(await world.store.audit.list('acme', 0, 100)).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'app.reset', actor: 'user:dana', outcome: 'ok' })]),
    )
  })
})
