import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeBase64 } from './encode-base64.ts'

it('is standard base64 with its padding, for every number of bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    }),
  )
  expect(encodeBase64(new Uint8Array([0xfb, 0xff, 0xfe, 0xff]))).toBe('+//+/w==')
})
