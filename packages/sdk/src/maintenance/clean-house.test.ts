import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { SubscriptionRecord } from '../ports/index.ts'

const hour = 60 * 60_000

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
})
