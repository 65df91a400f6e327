import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64Url, decodeText, encodeBase64Url, encodeText } from './index.ts'

describe('base64url', () => {
  it('gives back the bytes, and writes what Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        const text = encodeBase64Url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(decodeBase64Url(text)).toEqual(bytes)
        expect(decodeBase64Url(text + '='.repeat((4 - (text.length % 4)) % 4))).toEqual(bytes)
      }),
    )
  })

  it('reads each value from one text only, so that no character can change unseen', () => {
    const alphabet = fc.string({ unit: fc.constantFrom(...'ABCgwQ019-_'), maxLength: 12 })
    fc.assert(
      fc.property(alphabet, (text) => {
        const bytes = decodeBase64Url(text)
        if (bytes !== null) expect(encodeBase64Url(bytes)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    'A',
    'AAAAA',
    'AB',
    'AAB',
    'A=',
    '==',
    '=',
    'AAAA==',
    'AAA==',
    'AA=',
    'AA===',
    'AA==A',
    'AA+A',
    'AA/A',
    'AA A',
    'AA\n',
    'é',
    '🙂',
  ])('refuses %j', (text) => {
    expect(decodeBase64Url(text)).toBeNull()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => decodeBase64Url(text)).not.toThrow()
      }),
    )
  })

  it('reads and writes 50 MB in seconds', () => {
    const bytes = new Uint8Array(50 * 1024 * 1024).fill(0xab)
    const startedAt = performance.now()
    const back = decodeBase64Url(encodeBase64Url(bytes))
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    expect(back?.length).toBe(bytes.length)
    expect(back?.at(-1)).toBe(0xab)
  })
})

describe('text', () => {
  it('goes there and back, and bytes that are no text are refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeText(encodeText(text))).toBe(text)
      }),
    )
    expect(() => decodeText(new Uint8Array([0xff, 0xfe]))).toThrow(TypeError)
  })
})
