import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from './spread.ts'

describe('spread', () => {
  it('makes a span 0 to 25 % shorter, by the name alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.string({ unit: 'binary' }), (ms, name) => {
        const spanned = spread(ms, name)
        expect(spanned).toBeGreaterThanOrEqual(Math.floor(ms * 0.75))
        expect(spanned).toBeLessThanOrEqual(ms)
        expect(spread(ms, name)).toBe(spanned)
      }),
      { numRuns: 1000 },
    )
  })

  it('puts 10 000 names into all quarters of the span alike', () => {
    const quarters = [0, 0, 0, 0]
    for (let at = 0; at < 10_000; at += 1) {
      const quarter = Math.min(Math.floor((spread(1_000_000, `tenant-${at % 100}/connection-${at}/renew`) - 750_000) / 62_500), 3)
      quarters[quarter] = (quarters[quarter] ?? 0) + 1
    }
    for (const count of quarters) expect(Math.abs(count - 2_500)).toBeLessThan(500)
  })
})
