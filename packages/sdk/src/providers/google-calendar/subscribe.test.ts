import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SubscriptionRecord } from '../../ports/index.ts'
import { calendarRenewAt } from './subscribe.ts'

const newChannel = (times: Pick<SubscriptionRecord, 'id' | 'createdAt' | 'expiresAt'>): SubscriptionRecord => ({
  tenantId: 'acme',
  connectionId: 'c',
  provider: 'google-calendar',
  state: 'active',
  tokenHash: null,
  resourceId: null,
  target: '',
  ...times,
})

describe('calendarRenewAt', () => {
  it('is a whole millisecond at 65 to 70 % of the life, whatever its length, and always the same', () => {
    const life = fc.record({
      id: fc.uuid(),
      createdAt: fc.integer({ min: 1, max: 2 ** 41 }),
      lasts: fc.integer({ min: 1, max: 604_800_000 }),
    })
    fc.assert(
      fc.property(life, ({ id, createdAt, lasts }) => {
        const channel = newChannel({ id, createdAt, expiresAt: createdAt + lasts })
        const renewAt = calendarRenewAt(channel)
        expect(Number.isSafeInteger(renewAt)).toBe(true)
        expect(renewAt - createdAt).toBeGreaterThanOrEqual(lasts * 0.65 - 2)
        expect(renewAt - createdAt).toBeLessThanOrEqual(lasts * 0.7 + 1)
        expect(calendarRenewAt({ ...channel })).toBe(renewAt)
      }),
    )
  })

  it('differs between channels that were opened at once', () => {
    const times = Array.from({ length: 100 }, (_, at) =>
      calendarRenewAt(newChannel({ id: `channel-${at}`, createdAt: 1, expiresAt: 604_800_001 })),
    )
    expect(new Set(times).size).toBeGreaterThan(90)
  })
})
