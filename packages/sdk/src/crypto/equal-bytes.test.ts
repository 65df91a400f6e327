import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalBytes } from './index.ts'

describe('equalBytes', () => {
  it('agrees with Node, whatever the lengths', () => {
    const bytes = fc.uint8Array({ maxLength: 8, max: 3 })
    fc.assert(
      fc.property(bytes, bytes, (left, right) => {
        expect(equalBytes(left, right)).toBe(Buffer.compare(left, right) === 0)
        expect(equalBytes(left, Uint8Array.from(left))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('sees any one changed bit, and a zero at the end', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, at) => at)
    for (let bit = 0; bit < 256; bit += 1) {
      const changed = Uint8Array.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(equalBytes(bytes, changed)).toBe(false)
    }
    expect(equalBytes(bytes, Uint8Array.of(...bytes, 0))).toBe(false)
    expect(equalBytes(Uint8Array.of(...bytes, 0), bytes)).toBe(false)
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true)
  })
})
