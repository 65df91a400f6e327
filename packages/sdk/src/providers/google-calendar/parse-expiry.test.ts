import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExpiry } from './parse-expiry.ts'

const now = Date.UTC(2026, 10, 21, 8)
const week = 7 * 24 * 60 * 60_000
const ends = fc.integer({ min: now + 1, max: now + 52 * week })

describe('the end of a channel', () => {
  it('is the same however it is written', () => {
    fc.assert(
      fc.property(ends, (end) => {
        const second = Math.ceil(end / 1000) * 1000
        expect(parseExpiry(end, now)).toBe(end)
        expect(parseExpiry(String(end), now)).toBe(end)
        expect(parseExpiry(new Date(second).toUTCString(), now)).toBe(second)
      }),
    )
  })

  it('is never one that has passed or that nobody lives to see', () => {
    const wrong = fc.oneof(fc.integer({ min: -(2 ** 52), max: now }), fc.integer({ min: now + 53 * week, max: 2 ** 52 }))
    fc.assert(
      fc.property(wrong, (end) => {
        expect([parseExpiry(end, now), parseExpiry(String(end), now), parseExpiry(new Date(end).toUTCString(), now)]).toEqual([
          null,
          null,
          null,
        ])
      }),
    )
  })

  it('is a whole time to come, or nothing, whatever was sent', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.double(),
      fc.date().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toJSON()),
    )
    fc.assert(
      fc.property(anything, (value) => {
        const end = parseExpiry(value, now)
        if (end === null) return
        expect(Number.isSafeInteger(end)).toBe(true)
        expect(end).toBeGreaterThan(now)
        expect([String(end), new Date(end).toUTCString()]).toContain(String(value))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    null,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    now + 0.5,
    '',
    ' ',
    'NaN',
    'Invalid Date',
    `${now + week}.0`,
    `${now + week}ms`,
    `+${now + week}`,
    `0x${(now + week).toString(16)}`,
    '1.8e12',
    '2026-11-28T08:00:00Z',
    'Sat, 28 Nov 2026 08:00:00',
    'Sat, 28 Nov 2026 08:00:00 +0100',
    'Sun, 28 Nov 2026 08:00:00 GMT',
    'Tue, 31 Nov 2026 08:00:00 GMT',
    'Sat, 28 Nov 2026 08:00:00 GMT, Sat, 28 Nov 2026 08:00:00 GMT',
  ])('is not read from %j', (value) => {
    expect(parseExpiry(value, now)).toBeNull()
  })

  it('in seconds is long ago', () => {
    expect(parseExpiry(Math.floor((now + week) / 1000), now)).toBeNull()
  })
})
