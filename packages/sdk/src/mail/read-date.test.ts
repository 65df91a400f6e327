import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate } from './read-date.ts'

describe('the date of a mail', () => {
  it.each([
    ['Mon, 1 Jan 2024 10:00:00 +0100', '2024-01-01T09:00:00.000Z'],
    ['1 Jan 24 10:00 GMT', '2024-01-01T10:00:00.000Z'],
    ['1 Jan 99 10:00 EST (Eastern (really))', '1999-01-01T15:00:00.000Z'],
    ['Tue, 29 Feb 2000 23:59:60 -0000', '2000-02-29T23:59:59.000Z'],
    ['Thu Aug 22 12:36:23 2002', '2002-08-22T12:36:23.000Z'],
    ['22-Aug-2002 12:36:23 PDT', '2002-08-22T19:36:23.000Z'],
    ['06 Jul 01 8:04:54 PM', '2001-07-06T20:04:54.000Z'],
    ['03 Jul 01 12:47:50 AM', '2001-07-03T00:47:50.000Z'],
    ['Fri, 20 Sep 2002 12:15:37 GMT+1', '2002-09-20T11:15:37.000Z'],
    ['Mon, 1 Jan 102 10:00:00 +0000', '2002-01-01T10:00:00.000Z'],
    ['2024-01-01T10:00:00.123+01:00', '2024-01-01T09:00:00.000Z'],
    ['2024-01-01', '2024-01-01T00:00:00.000Z'],
    // No zone: UTC, and not the zone of the machine that reads it.
    ['Mon, 1 Jan 2024 10:00:00', '2024-01-01T10:00:00.000Z'],
  ])('%s is %s', (value, expected) => {
    expect(readDate(value)).toBe(expected)
  })

  it.each([
    '',
    'yesterday',
    'foo 1',
    '12',
    'Mon, 31 Feb 2024 10:00:00 +0000',
    'Mon, 1 Jan 2024 25:00:00 +0000',
    'Mon, 1 Jan 2024 10:61:00 +0000',
    'Mon, 1 Jan 2024 10:00:00 +9900',
    'Mon, 1 Jan 2024 13:00:00 PM',
    'Mon, 1 Jan 0102 10:00:00 +0000',
    'Mon, 1 Jan 2024',
    '2024-13-01T10:00:00Z',
  ])('%j is none', (value) => {
    expect(readDate(value)).toBeNull()
  })

  it('comes back from RFC 5322, for every second of two centuries', () => {
    const seconds = fc.integer({ min: Date.UTC(1900, 0, 1) / 1000, max: Date.UTC(2100, 0, 1) / 1000 })
    fc.assert(
      fc.property(seconds, (at) => {
        expect(readDate(new Date(at * 1000).toUTCString())).toBe(new Date(at * 1000).toISOString())
      }),
    )
  })

  it('never makes it throw', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0129:+- JanMon,()TZ'), maxLength: 40 })
    fc.assert(
      fc.property(text, (value) => readDate(value) === null || readDate(value)?.length === 24),
      { numRuns: 1000 },
    )
  })
})
