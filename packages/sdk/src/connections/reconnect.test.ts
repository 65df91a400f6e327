import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { eventsOf } from '../../../../test/journeys/meddling.ts'
import type { Action, Authorize } from '../ports/index.ts'
import { complete, connectCalendar, consent, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const hour = 60 * 60_000
const address = 'dana@acme.test'

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  await setUpGoogle(world)
  const { id: calendarId } = world.sandbox.google.createCalendar(address, { summary: 'Van' })
  const connectionId = await connectCalendar(world)
  await world.settle()
  const settingsOf = async () => (await world.sdk.calendar.get({ principal, connectionId })).settings
  return { world, connectionId, calendarId, settingsOf }
}

describe('a sign-in for other settings', () => {
  it('changes them when it has succeeded, and not before', async () => {
    const { world, connectionId, calendarId, settingsOf } = await connected()
    const before = await settingsOf()
    const begun = await world.sdk.calendar.reconnect({ principal, connectionId, settings: { calendarId } })
    expect(await settingsOf()).toEqual(before)
    expect((await complete(world, begun, consent(world, begun, { address }), principal)).outcome).toBe('connected')
    expect(await settingsOf()).toMatchObject({ calendarId })
    await world.settle()
    const now = world.sandbox.clock.now()
    world.sandbox.google.createEvent(address, calendarId, { summary: 'Oil change', start: now + hour, end: now + 2 * hour })
    await world.settle()
    expect(eventsOf(world, 'calendar.changed').map(({ change }) => change.title)).toContain('Oil change')
    const { lines } = await world.sdk.audit.list({ tenantId: principal.tenantId })
    expect(lines.filter(({ action }) => action === 'settings.changed')).toHaveLength(1)
  })

  it('leaves them as they were when the person declines', async () => {
    const { world, connectionId, calendarId, settingsOf } = await connected()
    const before = await settingsOf()
    const begun = await world.sdk.calendar.reconnect({ principal, connectionId, settings: { calendarId } })
    expect((await complete(world, begun, consent(world, begun, { address, deny: true }), principal)).outcome).toBe('failed')
    expect(await settingsOf()).toEqual(before)
    expect((await world.sdk.calendar.get({ principal, connectionId })).health.status).toBe('connected')
  })

  it('is refused for settings that are none', async () => {
    const { world, connectionId } = await connected()
    expect(await codeOf(world.sdk.calendar.reconnect({ principal, connectionId, settings: { calendarId: '' } }))).toBe('invalid_input')
  })
})

describe('a sign-in of somebody who may', () => {
  const denying =
    (...denied: readonly Action[]): Authorize =>
    ({ principal: { userId }, action }) =>
      userId !== 'rita' || !denied.includes(action)
  const rita = { ...principal, userId: 'rita' }

  it('reconnect, and not connect, ends as it should, and the page that waits is told', async () => {
    const { world, connectionId } = await connected({ authorize: denying('connection.connect') })
    const begun = await world.sdk.calendar.reconnect({ principal: rita, connectionId })
    expect(await complete(world, begun, consent(world, begun, { address }), rita)).toMatchObject({ outcome: 'connected', code: null })
    expect(await world.sdk.flows.get({ principal: rita, flowId: begun.flowId })).toMatchObject({ status: 'connected' })
  })

  it('no longer reconnect is refused at its end', async () => {
    const denied: Action[] = []
    const authorize: Authorize = (request) => denying(...denied)(request)
    const { world, connectionId } = await connected({ authorize })
    const begun = await world.sdk.calendar.reconnect({ principal: rita, connectionId })
    denied.push('connection.reconnect')
    expect(await complete(world, begun, consent(world, begun, { address }), rita)).toMatchObject({ outcome: 'failed', code: 'forbidden' })
    expect((await world.sdk.calendar.get({ principal, connectionId })).health.status).toBe('connected')
  })

  it('reconnect, and not connect, does not finish what was never connected', async () => {
    const { world } = await connected({ authorize: denying('connection.connect') })
    const { connectionId } = await world.sdk.calendar.connect({ principal, settings: { name: 'Second' } })
    expect(await codeOf(world.sdk.calendar.reconnect({ principal: rita, connectionId }))).toBe('forbidden')
  })

  it('neither learns nothing of a flow', async () => {
    const { world, connectionId } = await connected({ authorize: denying('connection.connect', 'connection.reconnect') })
    const { flowId } = await world.sdk.calendar.reconnect({ principal, connectionId })
    expect(await codeOf(world.sdk.flows.get({ principal: rita, flowId }))).toBe('forbidden')
  })
})
