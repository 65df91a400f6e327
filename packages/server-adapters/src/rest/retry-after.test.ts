import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readRetryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 0, 1)

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 5 ', 5000],
  ['Thu, 01 Jan 2026 00:01:30 GMT', 90_000],
  ['Thursday, 01-Jan-26 00:01:30 GMT', 90_000],
  ['999999999', 86_400_000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
  ['', undefined],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['99999999999', undefined],
  [null, undefined],
])('reads %j as %j ms', (header, expected) => {
  expect(readRetryAfter(header, now)).toBe(expected)
})

it('gives back any date of the next day, to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
      expect(readRetryAfter(new Date(now + seconds * 1000).toUTCString(), now)).toBe(seconds * 1000)
    }),
  )
})

it('never gives anything but a time to wait', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const waits = readRetryAfter(header, now)
      expect(waits === undefined || waits >= 0).toBe(true)
    }),
  )
})
