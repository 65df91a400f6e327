import { connectCalendar, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import { channelsOf, living, look, statesOf } from './channels.ts'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

const hour = 60 * 60_000

/** A host whose store was set back to a day before its channel was opened: Google still posts, and no row knows of it. */
async function lost() {
  const world = createWorld()
  await setUpGoogle(world)
  const connectionId = await connectCalendar(world)
  const [row] = await channelsOf(world, connectionId)
  if (row === undefined) throw new Error('no channel was opened')
  await world.store.subscriptions.remove(row.tenantId, row.id)
  await world.sdk.calendar.repair({ principal, connectionId })
  await world.settle()
  const change = async () => {
    const start = world.sandbox.clock.now() + hour
    world.sandbox.google.createEvent('dana@acme.test', 'primary', { summary: 'Pager', start, end: start + hour })
    await world.settle()
  }
  return { world, connectionId, row, change }
}

const titles = (world: World) => world.events.flatMap((event) => (event.type === 'calendar.changed' ? [event.change.title] : []))

describe('a channel of ours that no row knows', () => {
  it('is acknowledged, asks for nothing new, and is stopped at the next look', async () => {
    const { world, connectionId, row, change } = await lost()
    expect(living(world)).toHaveLength(2)
    await change()
    expect(world.sandbox.deliveries.slice(-2).map(({ status }) => status)).toEqual([204, 204])
    expect(titles(world).filter((title) => title === 'Pager')).toHaveLength(1)
    const kept = (await channelsOf(world, connectionId)).find(({ id }) => id === row.id)
    expect(kept).toEqual({ ...row, state: 'retiring', createdAt: kept?.createdAt })
    await look(world, 1)
    expect(living(world)).toHaveLength(1)
    expect(living(world)).not.toContain(row.id)
    expect((await statesOf(world, connectionId)).toSorted()).toEqual(['active', 'retired'])
  })

  it('is acknowledged when its connection is gone, with which it could be stopped', async () => {
    const { world, connectionId, row, change } = await lost()
    await world.sdk.calendar.remove({ principal, connectionId })
    await change()
    expect(world.sandbox.deliveries.at(-1)?.status).toBe(204)
    expect((await channelsOf(world, connectionId)).map(({ id }) => id)).not.toContain(row.id)
  })
})
