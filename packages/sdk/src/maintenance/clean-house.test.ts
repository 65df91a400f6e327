import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { countCalls } from '../../../../test/journeys/expectations.ts'
import { TenantryError } from '../errors/index.ts'
import type { SubscriptionRecord } from '../ports/index.ts'
import { createMemoryStore } from '../testing/index.ts'

const hour = 60 * 60_000
const day = 24 * hour

function channel(id: string, over: Partial<SubscriptionRecord>): SubscriptionRecord {
  return {
    tenantId: 'acme',
    connectionId: 'removed',
    id,
    provider: 'google-calendar',
    state: 'retired',
    tokenHash: 'EXAMPLE_token_hash',
    resourceId: null,
    target: 'https://app.example.com/api/calendar/webhooks/google',
    expiresAt: null,
    createdAt: 0,
    ...over,
  }
}

describe('a sweep cleans the house', () => {
  it('of channels that ended an hour ago, and knows the others still', async () => {
    const world = createWorld()
    const now = world.sandbox.clock.now()
    const rows = [
      channel('retired', { expiresAt: now - hour - 1 }),
      channel('retiring', { state: 'retiring', expiresAt: now - hour - 1 }),
      channel('never-open', { createdAt: now - hour - 1 }),
      channel('late', { expiresAt: now - hour }),
      channel('to-come', { state: 'retiring', expiresAt: now + hour }),
      channel('active', { state: 'active', expiresAt: now - 2 * hour }),
    ]
    for (const row of rows) await world.store.subscriptions.put(row)
    await world.sdk.maintenance.sweep()
    const left = await world.store.subscriptions.list('acme', 'removed')
    expect(left.map(({ id }) => id).toSorted()).toEqual(['active', 'late', 'to-come'])
  })

  it('of more channels than go in one piece', async () => {
    const world = createWorld()
    await world.store.transaction(async ({ subscriptions }) => {
      for (let at = 0; at < 1_500; at += 1) await subscriptions.put(channel(`channel-${at}`, { expiresAt: at }))
    })
    await world.sdk.maintenance.sweep()
    expect(await world.store.subscriptions.list('acme', 'removed')).toEqual([])
  })

  it('of as much as a busy day brings, in a few sweeps', async () => {
    const world = createWorld()
    const receivedAt = world.sandbox.clock.now() - 40 * day
    await world.store.transaction(async ({ inbox }) => {
      for (let at = 0; at < 60_000; at += 1)
        await inbox.insert({ tenantId: 'acme', connectionId: 'busy', dedupeKey: String(at), receivedAt })
    })
    for (let tick = 0; tick < 7; tick += 1) {
      await world.sdk.maintenance.sweep()
      await world.sandbox.clock.advance(2_000)
    }
    expect(await world.store.inbox.count('acme', 'busy')).toBe(0)
  })

  it('once an hour where all is clean', async () => {
    const calls: string[] = []
    const world = createWorld({ store: countCalls(createMemoryStore(), calls) })
    const cleanings = () => calls.filter((name) => name === 'inbox.removeBefore').length
    for (let second = 0; second < 60; second += 1) {
      await world.sdk.maintenance.sweep()
      await world.sandbox.clock.advance(1_000)
    }
    expect(cleanings()).toBe(1)
    await world.sandbox.clock.advance(hour)
    await world.sdk.maintenance.sweep()
    expect(cleanings()).toBe(2)
  })

  it('though one table cannot be cleaned, which is said and soon tried again', async () => {
    const store = createMemoryStore()
    let isBroken = true
    const world = createWorld({
      store: {
        ...store,
        inbox: {
          ...store.inbox,
          removeBefore: (...input) => (isBroken ? Promise.reject(new TenantryError('unavailable')) : store.inbox.removeBefore(...input)),
        },
      },
    })
    const now = world.sandbox.clock.now()
    await store.inbox.insert({ tenantId: 'acme', connectionId: 'c', dedupeKey: 'old', receivedAt: now - 40 * day })
    await store.subscriptions.put(channel('retired', { expiresAt: now - hour - 1 }))
    expect(await world.sdk.maintenance.sweep()).toMatchObject({ claimed: 0 })
    expect(await store.subscriptions.list('acme', 'removed')).toEqual([])
    expect(world.logger.lines).toContainEqual({
      level: 'warn',
      event: 'house.not_cleaned',
      fields: { table: 'inbox', reason: 'unavailable' },
    })
    isBroken = false
    await world.sandbox.clock.advance(15_000)
    await world.sdk.maintenance.sweep()
    expect(await store.inbox.count('acme', 'c')).toBe(0)
  })
})
