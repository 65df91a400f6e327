import { describe, expect, it } from 'vitest'
import { readRetryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 10, 21, 8)
const read = (value: string | null) => readRetryAfter(new Headers(value === null ? {} : { 'retry-after': value }), now)

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['86400', 86_400_000],
    ['999999999', 86_400_000],
    ['Sat, 21 Nov 2026 08:01:30 GMT', 90_000],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
    ['Saturday, 21-Nov-26 08:00:10 GMT', 10_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
  ])('reads %j as %i ms, at most a day', (value, wait) => {
    expect(read(value)).toBe(wait)
  })

  it.each([
    null,
    '',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    'Infinity',
    '12345678901234567890',
    'Sat, 99 Nov 2026 08:01:30 GMT',
    '2026-11-21T08:01:30Z',
  ])('does not guess at %j', (value) => {
    expect(read(value)).toBeUndefined()
  })
})
