import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../../../errors/index.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { MailCursor } from './cursor.ts'

const number = fc.integer({ min: 0, max: 0xffff_ffff })
const cursor: fc.Arbitrary<MailCursor> = fc.oneof(
  fc.record({ kind: fc.constant('delta' as const), link: fc.webUrl({ withQueryParameters: true }) }),
  fc.record({ kind: fc.constant('since' as const), since: fc.integer({ min: 0, max: 4e12 }) }),
  fc.record({ kind: fc.constant('imap' as const), uidValidity: number, uid: number }),
)

describe('a place in the inbox', () => {
  it('is read as it was written, and by no other way to receive', () => {
    fc.assert(
      fc.property(cursor, (place) => {
        const text = writeCursor(place)
        expect(readCursor(text, place.kind)).toEqual(place)
        const other = place.kind === 'imap' ? 'delta' : 'imap'
        expect(() => readCursor(text, other)).toThrow(/cursor_expired/)
      }),
    )
  })

  it('that cannot be read is lost, which searches by time', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          readCursor(text, 'imap', 'since')
        } catch (error) {
          expect(isTenantryError(error) && error.code).toBe('cursor_expired')
        }
      }),
    )
  })

  it('is not kept when it is longer than any link', () => {
    expect(() => writeCursor({ kind: 'delta', link: 'x'.repeat(16_385) })).toThrow(/provider_unavailable/)
  })
})
