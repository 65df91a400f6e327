import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeBase64Url } from './encoding.ts'

it('base64url is what Node writes, in one piece and in several', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 3 * 65_536 - 1, 3 * 65_536, 3 * 65_536 + 1), (tail, before) => {
      const bytes = new Uint8Array(before + tail.length).fill(0xfb)
      bytes.set(tail, before)
      expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    }),
  )
})
