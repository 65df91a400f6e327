import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../errors/index.ts'
import { parseReturnTo } from './return-to.ts'

const baseUrl = 'https://app.example.com'
const allowed = [baseUrl, 'https://admin.example.com:8443']

const parse = (input: string | undefined) => parseReturnTo(input, baseUrl, allowed)

describe('the return address', () => {
  it.each([
    [undefined, 'https://app.example.com/'],
    ['', 'https://app.example.com/'],
    ['/settings?tab=mail#top', 'https://app.example.com/settings?tab=mail#top'],
    ['settings', 'https://app.example.com/settings'],
    ['?tab=mail', 'https://app.example.com/?tab=mail'],
    ['https://app.example.com', 'https://app.example.com/'],
    ['HTTPS://APP.EXAMPLE.COM:443/a', 'https://app.example.com/a'],
    ['https://admin.example.com:8443/x', 'https://admin.example.com:8443/x'],
    ['/a/../../b', 'https://app.example.com/b'],
    ['/next?to=https://evil.test', 'https://app.example.com/next?to=https://evil.test'],
  ])('takes %j for %j', (input, output) => {
    expect(parse(input)).toBe(output)
  })

  it.each([
    '//evil.test',
    '/\\evil.test',
    '/a\\b',
    '/\t/evil.test',
    '\\\\evil.test',
    '/\n/evil.test',
    ' //evil.test',
    'https://evil.test',
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com.evil.test',
    'https://app.example.com@evil.test',
    'https://user@app.example.com/',
    'https://user:EXAMPLE_pass@app.example.com/',
    'https://evilapp.example.com',
    'https:///evil.test',
    'https:evil.test//x\r\nSet-Cookie: a=b',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://app.example.com/8f14e45f',
    'filesystem:https://app.example.com/x',
    'file:///etc/passwd',
    'https://аpp.example.com',
    'https://[::1]/',
    'https://',
    `/${'a'.repeat(65_536)}`,
  ])('refuses %j', (input) => {
    expect(() => parse(input)).toThrow(expect.objectContaining({ code: 'return_to_invalid', field: 'returnTo' }))
  })

  it('never leads to another origin, and fails with nothing but its own code', () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '.',
      '..',
      'https:',
      'http:',
      'blob:',
      'javascript:',
      'evil.test',
      'app.example.com',
      '\t',
      '\n',
      '%2f',
      '%5c',
      '\u00A0',
      '\u3002',
      'xn--',
      '[',
      ']',
      '443',
    )
    const hostile = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(hostile, (input) => {
        try {
          const url = new URL(parse(input))
          expect(allowed).toContain(url.origin)
          expect(url.protocol).toBe('https:')
          expect(url.username + url.password).toBe('')
        } catch (error) {
          if (!isTenantryError(error)) throw error
          expect(error.code).toBe('return_to_invalid')
        }
      }),
      { numRuns: 5000 },
    )
  })
})
