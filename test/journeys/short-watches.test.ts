import { describe, expect, it } from 'vitest'
import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { connected, eventsOf, live, minute } from './meddling.ts'
import { calls, health, hour } from './watching.ts'

describe('a watch that Google made shorter than seven days', () => {
  it.each([
    ['six hours', 6 * hour, 1],
    ['no time at all', 0, 1],
  ])('of %s is renewed by that, and not by the day', async (_, lasts, renewals) => {
    const { world, connectionId } = await connected()
    const expiration = String(world.sandbox.clock.now() + lasts)
    world.sandbox.faults.add({ operation: 'gmail.watch', kind: 'rewrite', fields: { expiration }, times: 1 })
    await world.sdk.gmail.repair({ principal, connectionId })
    await world.settle()
    world.sandbox.clearRequests()
    await live(world, 7 * hour, 10 * minute)
    expect(calls(world, /^gmail\.watch$/)).toHaveLength(renewals)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', reason: null })
    if (lasts > 0) expect(eventsOf(world, 'connection.degraded')).toEqual([])
  })
})
