import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { eventsOf } from '../../../../test/journeys/meddling.ts'
import { complete, connectCalendar, consent, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const hour = 60 * 60_000
const address = 'dana@acme.test'

async function connected() {
  const world = createWorld()
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
