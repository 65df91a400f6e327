import { connectCalendar } from '@tenantry/sdk/testing'
import { describe, expect, it } from 'vitest'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { joinTenant } from './join-tenant.ts'
import type { Tenant } from './join-tenant.ts'
import { live, minute } from './meddling.ts'

/** One tenant with eight polled calendars on one project, and another tenant with one. */
async function start() {
  const world = createWorld({ baseUrl: 'http://localhost:3000' })
  const many = await joinTenant(world, 'many')
  const other = await joinTenant(world, 'other')
  for (let at = 1; at < 8; at += 1) {
    const address = `person-${at}@many.test`
    world.sandbox.google.createAccount({ address, seed: false })
    await connectCalendar(world, { principal: many.principal, address })
  }
  await live(world, 5 * minute)
  world.sandbox.clearRequests()
  return { world, many, other }
}

const lists = (world: World) => world.sandbox.requests.filter(({ operation }) => operation === 'calendar.events.list')

const statusesOf = async (world: World, { principal }: Tenant) =>
  (await world.sdk.calendar.list({ principal })).connections.map(({ health }) => health.status)

describe('a project whose quota is used up', () => {
  it('is left alone by all of its calendars until the time that Google named to some, and nobody is alarmed', async () => {
    const { world, many, other } = await start()
    const throttled = { kind: 'status' as const, status: 429, headers: { 'retry-after': '600' } }
    // Four of the calendars are told; the others would be answered.
    world.sandbox.faults.add({ operation: 'calendar.events.list', times: 4, ...throttled })
    await live(world, minute)
    expect((await world.sdk.maintenance.report()).broken).toMatchObject([
      { tenantId: 'many', key: 'quota/google/calendar', reason: 'throttled' },
    ])
    world.sandbox.clearRequests()
    await live(world, 8 * minute)
    // Only the other tenant’s one calendar is looked at each minute.
    expect(lists(world).length).toBeLessThanOrEqual(10)
    world.sandbox.clearRequests()
    await live(world, 5 * minute)
    expect(lists(world).length).toBeGreaterThanOrEqual(12)
    expect(await statusesOf(world, many)).toEqual(Array.from({ length: 8 }, () => 'connected'))
    expect(await statusesOf(world, other)).toEqual(['connected'])
    expect((await world.sdk.maintenance.report()).broken).toEqual([])
  })
})
