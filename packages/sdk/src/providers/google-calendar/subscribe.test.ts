import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { calendarRenewAt } from './subscribe.ts'

describe('calendarRenewAt', () => {
  it('is a whole millisecond at 70 % of the life, whatever its length', () => {
    const life = fc.record({ createdAt: fc.integer({ min: 1, max: 2 ** 41 }), lasts: fc.integer({ min: 1, max: 604_800_000 }) })
    fc.assert(
      fc.property(life, ({ createdAt, lasts }) => {
        const expiresAt = createdAt + lasts
        const channel = {
          tenantId: 'acme',
          connectionId: 'c',
          id: 'i',
          provider: 'google-calendar',
          state: 'active',
          tokenHash: null,
          resourceId: null,
          target: '',
        } as const
        const renewAt = calendarRenewAt({ ...channel, createdAt, expiresAt })
        expect(Number.isSafeInteger(renewAt)).toBe(true)
        expect(Math.abs(renewAt - createdAt - lasts * 0.7)).toBeLessThan(1.001)
      }),
    )
  })
})
