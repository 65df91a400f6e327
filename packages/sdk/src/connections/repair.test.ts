import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  await setUpGoogle(world)
  const gmail = await connectGmail(world)
  const calendar = await connectCalendar(world)
  const pipesOf = async (connectionId: string) =>
    (await world.store.subscriptions.list('acme', connectionId)).map(({ id, state }) => [id, state] as const)
  const asked = (operation: string) => world.sandbox.requests.filter((request) => request.operation === operation).length
  return { world, gmail, calendar, pipesOf, asked }
}

describe('repair', () => {
  it('opens Gmail’s watch anew, though the present one looks good', async () => {
    const { world, gmail, pipesOf, asked } = await connected()
    world.sandbox.clearRequests()
    await world.settle()
    expect(asked('gmail.watch')).toBe(0)
    expect(await world.sdk.gmail.repair({ principal, connectionId: gmail })).toMatchObject({ id: gmail, health: { status: 'connected' } })
    await world.settle()
    expect(asked('gmail.watch')).toBe(1)
    expect(await pipesOf(gmail)).toEqual([[gmail, 'active']])
  })

  it('replaces a channel: the old one is listened to until the new one is open, and then stopped at Google', async () => {
    const { world, calendar, pipesOf, asked } = await connected()
    const [[old] = []] = await pipesOf(calendar)
    world.sandbox.clearRequests()
    await world.sdk.calendar.repair({ principal, connectionId: calendar })
    expect(await pipesOf(calendar)).toEqual([[old, 'pending']])
    await world.settle()
    expect([asked('calendar.events.watch'), asked('calendar.channels.stop')]).toEqual([1, 1])
    const pipes = await pipesOf(calendar)
    expect(pipes.filter(([, state]) => state === 'active').map(([id]) => id)).not.toEqual([old])
    expect(pipes).toContainEqual([old, 'retired'])
  })

  it('goes on where a failed opening would have waited', async () => {
    const { world, gmail } = await connected()
    const fault = world.sandbox.faults.add({ operation: 'gmail.watch', kind: 'status', status: 503 })
    await world.sdk.gmail.repair({ principal, connectionId: gmail })
    await world.settle()
    fault.remove()
    const task = await world.store.tasks.get('acme', gmail, 'provision')
    expect(task?.dueAt).toBeGreaterThan(world.sandbox.clock.now())
    await world.sdk.gmail.repair({ principal, connectionId: gmail })
    await world.settle()
    expect((await world.sdk.gmail.get({ principal, connectionId: gmail })).health).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('is refused with the reason of a connection that is not live', async () => {
    const { world, gmail } = await connected()
    await world.sdk.gmail.update({ principal, connectionId: gmail, changes: { paused: true } })
    expect(await codeOf(world.sdk.gmail.repair({ principal, connectionId: gmail }))).toBe('conflict')
    await world.sdk.gmail.disconnect({ principal, connectionId: gmail })
    expect(await codeOf(world.sdk.gmail.repair({ principal, connectionId: gmail }))).toBe('conflict')
    expect(await world.store.tasks.get('acme', gmail, 'provision')).toBeNull()
  })

  it('loses against a disconnect that came first, and says so', async () => {
    const { world, gmail } = await connected()
    const { store } = world
    const racing: typeof store = {
      ...store,
      async transaction(work) {
        await world.sdk.gmail.disconnect({ principal, connectionId: gmail })
        return store.transaction(work)
      },
    }
    const other = createWorld({ store: racing, secrets: world.secrets })
    expect(await codeOf(other.sdk.gmail.repair({ principal, connectionId: gmail }))).toBe('conflict')
    expect(await store.tasks.get('acme', gmail, 'provision')).toBeNull()
  })

  it('is asked like a sync', async () => {
    const { world, gmail } = await connected({ authorize: ({ action }) => action !== 'connection.sync' })
    expect(await codeOf(world.sdk.gmail.repair({ principal, connectionId: gmail }))).toBe('forbidden')
    expect(await codeOf(world.sdk.gmail.repair({ principal: { ...principal, tenantId: 'globex' }, connectionId: gmail }))).not.toBe(
      '(succeeded)',
    )
  })
})
