import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { eventsOf, live, minute } from '../../../../test/journeys/meddling.ts'
import type { Principal } from '../model/principal.ts'
import { connectCalendar, connectGmail, setUpGoogle, signIn, testPrincipal as principal } from '../testing/index.ts'

const hour = 60 * minute
const address = 'dana@acme.test'
const erik: Principal = { tenantId: 'acme', userId: 'erik', displayName: 'Erik' }

/** Two calendars of Dana's on one sign-in. */
async function connected() {
  const world = createWorld()
  const setup = await setUpGoogle(world)
  const first = await connectCalendar(world)
  const second = (await world.sdk.calendar.connectAnother({ principal, connectionId: first, settings: await van(world) })).id
  await world.settle()
  return { world, setup, first, second }
}

async function van(world: World): Promise<{ name: string; calendarId: string }> {
  return { name: 'Van', calendarId: world.sandbox.google.createCalendar(address, { summary: 'Van' }).id }
}

async function reconnect(world: World, connectionId: string, who: Principal = principal): Promise<string> {
  const begun = await world.sdk.calendar.reconnect({ principal: who, connectionId })
  const { outcome } = await signIn(world, begun, { address, principal: who })
  await world.settle()
  return outcome
}

const stateOf = async (world: World, connectionId: string, who: Principal = principal) => {
  const { status, reason } = (await world.sdk.connections.get({ principal: who, connectionId })).health
  return reason === null ? status : `${status} ${reason}`
}

/** Whether it lives on for the next hours, with refreshes. */
async function lives(world: World, connectionId: string): Promise<boolean> {
  await live(world, 3 * hour, 30 * minute)
  return (await stateOf(world, connectionId)) === 'connected'
}

describe('one new sign-in', () => {
  it('connects every calendar that lived on the dead one, each said once', async () => {
    const { world, setup, first, second } = await connected()
    world.sandbox.google.revokeGrant(address, setup.clientId)
    await live(world, 2 * hour, 30 * minute)
    expect([await stateOf(world, first), await stateOf(world, second)]).toEqual([
      'needs_reauth grant_revoked',
      'needs_reauth grant_revoked',
    ])
    world.events.splice(0)
    expect(await reconnect(world, second)).toBe('connected')
    expect([await stateOf(world, first), await stateOf(world, second)]).toEqual(['connected', 'connected'])
    expect(
      world.events
        .filter(({ type }) => type === 'connection.connected')
        .map(({ connectionId }) => connectionId)
        .toSorted(),
    ).toEqual([first, second].toSorted())
    expect(await lives(world, first)).toBe(true)
    expect(await stateOf(world, second)).toBe('connected')
  })

  it('also serves those that have not noticed yet, or are paused, so that they never ask', async () => {
    const { world, setup, first, second } = await connected()
    const third = (
      await world.sdk.calendar.connectAnother({ principal, connectionId: first, settings: { ...(await van(world)), name: 'Spare' } })
    ).id
    await world.settle()
    await world.sdk.calendar.update({ principal, connectionId: third, changes: { paused: true } })
    await world.settle()
    world.sandbox.google.revokeGrant(address, setup.clientId)
    await reconnect(world, first)
    expect(await stateOf(world, third)).toBe('paused')
    expect(await lives(world, second)).toBe(true)
    await world.sdk.calendar.update({ principal, connectionId: third, changes: { paused: false } })
    expect(await lives(world, third)).toBe(true)
    expect(eventsOf(world, 'connection.needs_reauth')).toEqual([])
  })

  it('for a further calendar does it too', async () => {
    const { world, setup, first, second } = await connected()
    world.sandbox.google.revokeGrant(address, setup.clientId)
    await live(world, 2 * hour, 30 * minute)
    const begun = await world.sdk.calendar.connect({ principal, settings: { ...(await van(world)), name: 'Third' } })
    expect(await signIn(world, begun, { address })).toMatchObject({ outcome: 'connected' })
    await world.settle()
    expect([await stateOf(world, first), await stateOf(world, second)]).toEqual(['connected', 'connected'])
  })

  it('that fails heals nobody', async () => {
    const { world, setup, first, second } = await connected()
    world.sandbox.google.revokeGrant(address, setup.clientId)
    await live(world, 2 * hour, 30 * minute)
    const other = await world.sdk.calendar.reconnect({ principal, connectionId: first })
    expect(await signIn(world, other, { address: 'support@acme.test' })).toMatchObject({ outcome: 'failed', code: 'account_mismatch' })
    const denied = await world.sdk.calendar.reconnect({ principal, connectionId: first })
    expect(await signIn(world, denied, { address, deny: true })).toMatchObject({ outcome: 'failed' })
    await world.settle()
    expect([await stateOf(world, first), await stateOf(world, second)]).toEqual([
      'needs_reauth grant_revoked',
      'needs_reauth grant_revoked',
    ])
  })
})

describe('left alone', () => {
  it('are another person’s calendar on the same account, a mailbox on it, and what was disconnected', async () => {
    const { world, setup, first, second } = await connected()
    const begun = await world.sdk.calendar.connect({ principal: erik, settings: await van(world) })
    await signIn(world, begun, { address, principal: erik })
    const gmailId = await connectGmail(world, { address, name: 'Dana’s mail' })
    await world.sdk.calendar.disconnect({ principal, connectionId: second })
    world.sandbox.google.revokeGrant(address, setup.clientId)
    await live(world, 2 * hour, 30 * minute)
    const others = [begun.connectionId, gmailId, second] as const
    const seen = () => Promise.all(others.map(async (id) => [await stateOf(world, id), await world.store.tokens.get('acme', id)]))
    const before = await seen()
    expect(before.map(([state]) => state)).toEqual(['needs_reauth grant_revoked', 'needs_reauth grant_revoked', 'disconnected'])
    await reconnect(world, first)
    expect(await stateOf(world, first)).toBe('connected')
    expect(await seen()).toEqual(before)
  })

  it('is a calendar of another tenant with the same account and the same OAuth client', async () => {
    const { world, setup, first } = await connected()
    const gail: Principal = { tenantId: 'globex', userId: 'dana', displayName: 'Dana' }
    const replace = (value: string) => ({ action: 'replace' as const, value })
    const changes = { clientId: replace(setup.clientId), clientSecret: replace(setup.clientSecret) }
    await world.sdk.google.save({ principal: gail, changes })
    const theirs = await connectCalendar(world, { principal: gail })
    world.sandbox.google.revokeGrant(address, setup.clientId)
    await live(world, 2 * hour, 30 * minute)
    const before = await world.store.tokens.get('globex', theirs)
    await reconnect(world, first)
    expect(await stateOf(world, first)).toBe('connected')
    expect(await stateOf(world, theirs, gail)).toBe('needs_reauth grant_revoked')
    expect(await world.store.tokens.get('globex', theirs)).toEqual(before)
  })
})
