import { decodeBase64Url } from '@tenantry/sdk/crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeBase64 } from './decode-base64.ts'
import { decodeRaw } from './decode-raw.ts'

/** Bytes whose text fills one piece. */
const piece = (256 * 1024 * 3) / 4

it('gives the bytes, whether they are one piece or several, with or without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(0, piece - 1, piece, piece + 1, 2 * piece + 2), (tail, before) => {
      const bytes = Buffer.concat([Buffer.alloc(before, 0xfb), tail])
      const text = bytes.toString('base64url')
      expect(bytes.equals(decodeRaw(text) ?? new Uint8Array(1))).toBe(true)
      expect(bytes.equals(decodeRaw(text + '='.repeat((4 - (text.length % 4)) % 4)) ?? new Uint8Array(1))).toBe(true)
    }),
  )
})

it.each([
  ['a stranger in the first piece', 'AAA+' + 'A'.repeat(300_000)],
  ['a stranger in the last piece', `${'A'.repeat(300_000)}AA A`],
  ['padding at the end of a piece that is not the last', `${'A'.repeat(256 * 1024 - 1)}=${'A'.repeat(4)}`],
  ['two bytes of UTF-8', `${'A'.repeat(300_000)}é`],
  ['padding twice', `${'A'.repeat(256 * 1024 - 2)}==${'A'.repeat(2)}==`],
  ['a character too many', 'A'.repeat(256 * 1024 + 1)],
])('is null for %s', (_, text) => {
  expect(decodeRaw(text)).toBeNull()
})

it('takes and refuses what the strict decoder does', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ABCgwQ019-_=+é'), maxLength: 12 })
  fc.assert(
    fc.property(text, (written) => {
      expect(decodeRaw(written)).toEqual(decodeBase64Url(written))
    }),
    { numRuns: 5000 },
  )
})

it('reads standard base64 and not the other alphabet', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
    }),
  )
  for (const text of ['-_-_', 'a=aa', 'AAAAA', 'é']) expect(decodeBase64(text)).toBeNull()
})
