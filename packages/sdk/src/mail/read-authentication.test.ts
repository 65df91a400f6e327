import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuthenticationResult } from '../model/events.ts'
import { readAuthentication } from './read-authentication.ts'

const gmail = ['mx.google.com']
const nothing = { checkedBy: null, spf: null, dkim: null, dmarc: null }
const read = (...values: string[]) => readAuthentication(values, gmail)

describe('authentication results', () => {
  it('are those of the receiving server', () => {
    expect(
      read(
        'mx.google.com;       dkim=pass header.i=@b.test header.s=20230601 header.b=EXAMPLE/a+b=;       spf=pass (google.com: domain of anna@b.test designates 192.0.2.1 as permitted sender) smtp.mailfrom=anna@b.test;       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=b.test',
      ),
    ).toEqual({ checkedBy: 'mx.google.com', spf: 'pass', dkim: 'pass', dmarc: 'pass' })
  })

  it.each([
    ['case does not matter', 'MX.Google.Com; SPF=Pass; DMARC = FAIL', { spf: 'pass', dmarc: 'fail' }],
    ['no checks', 'mx.google.com; none', { checkedBy: 'mx.google.com', spf: null, dkim: null, dmarc: null }],
    ['a version', 'mx.google.com 1; spf/1=pass', { spf: 'pass' }],
    ['a quoted server', '"mx.google.com"; spf=pass', { spf: 'pass' }],
    ['comments anywhere', '(a (nested \\) one)) mx.google.com (b); (c) spf (d) = (e) pass(f) smtp.mailfrom=a', { spf: 'pass' }],
    ['a reason', 'mx.google.com; dkim=fail reason="bad; dmarc=pass" header.i=@b.test', { dkim: 'fail', dmarc: null }],
    ['one signature of several', 'mx.google.com; dkim=fail; dkim=none; dkim=pass; dkim=temperror', { dkim: 'pass' }],
    ['no signature that passed', 'mx.google.com; dkim=none; dkim=fail; dkim=neutral', { dkim: 'fail' }],
    ['results that are none', 'mx.google.com; spf=hardfail; dkim=great; dmarc=', { spf: null, dkim: null, dmarc: null }],
    [
      'results that contradict each other',
      'mx.google.com; spf=pass; spf=softfail; dmarc=pass; dmarc=fail',
      { spf: 'softfail', dmarc: 'fail' },
    ],
    ['other methods', 'mx.google.com; arc=pass (i=1 spf=pass dmarc=pass); x-spf=pass; constructor=pass', { spf: null, dmarc: null }],
    ['a word that only starts like one', 'mx.google.com; spf=passed; dkim=pass/x; dmarc=pass=fail', { spf: null, dkim: null, dmarc: null }],
  ])('%s', (_, value, expected) => {
    expect(read(value)).toMatchObject(expected)
  })

  it.each([
    ['another server', 'mx.evil.test; spf=pass'],
    ['a server whose name begins alike', 'mx.google.com.evil.test; spf=pass'],
    ['a server in a comment', '(mx.google.com) evil.test; spf=pass'],
    ['two servers', 'mx.google.com evil.test; spf=pass'],
    ['a version that we do not know', 'mx.google.com 2; spf=pass'],
    ['a comment without end', 'mx.google.com; spf=pass (; dmarc=fail'],
    ['an end without comment', 'mx.google.com; spf=pass ); dmarc=pass'],
    ['a quoted string without end', 'mx.google.com; spf=pass smtp.mailfrom="a'],
    ['nothing', ''],
  ])('are not believed: %s', (_, value) => {
    expect(read(value)).toEqual(nothing)
  })

  it('are not believed below another server’s', () => {
    expect(read('mx.evil.test; spf=fail', 'mx.google.com; dmarc=pass')).toEqual(nothing)
    expect(read()).toEqual(nothing)
  })

  it('are not what a sender puts into an address that the server repeats in a comment', () => {
    const address = '"x); dkim=pass; dmarc=pass (y"@evil.test'
    expect(read(`mx.google.com; spf=neutral (google.com: ${address} is neither) smtp.mailfrom=${address}; dmarc=fail`)).toEqual({
      checkedBy: 'mx.google.com',
      spf: 'neutral',
      dkim: null,
      dmarc: 'fail',
    })
  })
})

describe('any authentication results', () => {
  const results: AuthenticationResult[] = ['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror']
  const result = fc.constantFrom(...results)
  const comment = fc.string({ unit: fc.constantFrom(...'ab;=. /1'), maxLength: 8 }).map((text) => `(${text} (${text}))`)
  const gap = fc.oneof(fc.constantFrom('', ' ', '\t', '   '), comment)
  const property = fc.constantFrom(' smtp.mailfrom=a@b.test', ' header.i=@b.test header.b="x;y=z"', ' reason="a \\" b"', '')
  const cased = fc
    .func(fc.boolean())
    .map((upper) => (text: string) => Array.from(text, (char, at) => (upper(at) ? char.toUpperCase() : char)).join(''))

  const header = fc
    .record({
      spf: fc.option(result),
      dkim: fc.array(result, { maxLength: 4 }),
      dmarc: fc.option(result),
      gaps: fc.array(gap, { minLength: 4, maxLength: 4 }),
      property,
      cased,
    })
    .map(({ spf, dkim, dmarc, gaps: [a, b, c, d], property, cased }) => {
      const statements = [
        ...dkim.map((word) => ['dkim', word]),
        ...(spf === null ? [] : [['spf', spf]]),
        ...(dmarc === null ? [] : [['dmarc', dmarc]]),
      ]
      const said = statements.map(([method = '', word = '']) => `;${a}${cased(method)}${b}=${c}${cased(word)}${d}${property}`)
      const value = `${a}${cased('mx.google.com')}${b}${said.length > 0 ? said.join('') : '; none'}`
      return { value, spf, dkim, dmarc }
    })

  it('give back what was put in', () => {
    fc.assert(
      fc.property(header, ({ value, spf, dkim, dmarc }) => {
        const found = read(value)
        expect(found).toMatchObject({ checkedBy: 'mx.google.com', spf, dmarc })
        expect(found.dkim === null).toBe(dkim.length === 0)
        expect(found.dkim === 'pass').toBe(dkim.includes('pass'))
        if (found.dkim !== null) expect(dkim).toContain(found.dkim)
      }),
    )
  })

  it('stay the same whatever stands below them', () => {
    const forged = fc.oneof(
      header.map(({ value }) => value),
      fc.string(),
      fc.constant('mx.google.com; spf=pass; dkim=pass; dmarc=pass'),
    )
    fc.assert(
      fc.property(header, fc.array(forged, { minLength: 1, maxLength: 5 }), ({ value }, below) => {
        expect(read(value, ...below)).toEqual(read(value))
      }),
    )
  })

  it('never make it throw, and never pass without the word', () => {
    const pieces = fc.array(fc.constantFrom('mx.google.com', ';', 'spf', '=', 'pass', '(', ')', '"', '\\', ' ', '/', '1', 'dkim=fail'), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((all) => all.join('')),
        ),
        (value) => {
          const { spf, dkim, dmarc } = read(value)
          if (!value.toLowerCase().includes('pass')) expect([spf, dkim, dmarc]).not.toContain('pass')
        },
      ),
      { numRuns: 1000 },
    )
  })
})
