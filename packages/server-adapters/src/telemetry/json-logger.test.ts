import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonLogger } from './json-logger.ts'
import type { JsonLoggerOptions } from './json-logger.ts'

type Fields = Parameters<ReturnType<typeof createJsonLogger>['log']>[2]

const clock = { now: () => Date.UTC(2026, 10, 21, 8) }

function lineOf(fields: unknown, event = 'task.failed', options: Partial<JsonLoggerOptions> = {}): string {
  const lines: string[] = []
  createJsonLogger({ clock, write: (line) => void lines.push(line), ...options }).log('warn', event, fields as Fields)
  return lines.join('')
}

const fieldsOf = (fields: unknown): Record<string, unknown> => JSON.parse(lineOf(fields))

describe('a line', () => {
  it('is one object with time, level, event and the fields', () => {
    expect(lineOf({ kind: 'renew', code: 'grant_revoked', failures: 3, push: true, reason: null })).toBe(
      '{"time":"2026-11-21T08:00:00.000Z","level":"warn","event":"task.failed","kind":"renew","code":"grant_revoked","failures":3,"push":true,"reason":null}\n',
    )
  })

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    [undefined, ['info', 'warn', 'error']],
    ['error', ['error']],
  ] as const)('is left out below the level %s', (level, expected) => {
    const lines: string[] = []
    const logger = createJsonLogger({ clock, write: (line) => void lines.push(line), ...(level && { level }) })
    for (const each of ['debug', 'info', 'warn', 'error'] as const) logger.log(each, 'tick')
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(expected)
  })

  it('keeps its own time, level and event, whatever the fields are called', () => {
    expect(fieldsOf({ time: 'x', level: 'y', event: 'z' })).toMatchObject({
      level: 'warn',
      event: 'task.failed',
      'field.time': 'x',
      'field.level': 'y',
      'field.event': 'z',
    })
  })

  it('has no raw character that breaks a line or turns text around', () => {
    const text = 'a\nb\r\u0000\u001b[31m\u007f\u0085\u2028\u202e\u2066\ufeff'
    const line = lineOf({ text })
    expect(line.trimEnd()).toMatch(/^[\u0020-\u007e]+$/)
    expect(JSON.parse(line).text).toBe(text)
  })

  it('is cut where a value is long', () => {
    expect(fieldsOf({ text: 'a'.repeat(100_000) })['text']).toBe(`${'a'.repeat(500)}…`)
  })

  it('names only the kind of what is no plain value', () => {
    const failure = new Error('EXAMPLE_message')
    expect(
      fieldsOf({ failure, list: ['EXAMPLE_x'], call: () => 1, big: 1n, symbol: Symbol('s'), none: undefined, nan: NaN }),
    ).toMatchObject({
      failure: '[object]',
      list: '[object]',
      call: '[function]',
      big: '[bigint]',
      symbol: '[symbol]',
      nan: 'NaN',
    })
  })
})

describe('what nobody may read', () => {
  it.each([
    'token',
    'accessToken',
    'refresh_token',
    'clientSecret',
    'password',
    'Passwort',
    'authorization',
    'Cookie',
    'set-cookie',
    'apiKey',
    'key',
    'private_key',
    'privateKeyPem',
    'credentials',
    'code_verifier',
    'assertion',
    'jwt',
    'sessionId',
    'code',
    'authCode',
  ])('is left out by the name of its field: %s', (key) => {
    expect(fieldsOf({ [key]: 'EXAMPLE-value/1' })[key]).toBe('[redacted]')
  })

  it.each(['grant_revoked', 'unavailable', '40P01', 'ECONNREFUSED', 503])('is not an error code: %s', (code) => {
    expect(fieldsOf({ code })['code']).toBe(code)
  })

  it.each([
    ['Bearer EXAMPLE_abc.def-ghi'],
    ['bearer+EXAMPLE_abc'],
    ['Basic RVhBTVBMRTpzZWNyZXQ='],
    ['ya29.EXAMPLE_a0AfB_by-C'],
    ['ya29%2EEXAMPLE_a0AfB'],
    ['GOCSPX-EXAMPLE_abc'],
    ['1//0EXAMPLE_gAbc-def'],
    ['1%2F%2F0EXAMPLE_gAbc'],
    ['4/0EXAMPLE_AVMBsJgAbcdefgh'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJFWEFNUExFIjoxfQ.EXAMPLE_signature'],
    ['-----BEGIN PRIVATE KEY-----\nEXAMPLE_MIIEvQ\nIBADANBg\n-----END PRIVATE KEY-----'],
    ['-----BEGIN RSA PRIVATE KEY-----\nEXAMPLE_cut_off_MIIEvQ'],
  ])('is replaced wherever it stands: %s', (secret) => {
    for (const text of [secret, `before ${secret} after`, `x=${secret}`, JSON.stringify({ body: secret })]) {
      const written = lineOf({ text })
      expect(written).toContain('[redacted]')
      expect(written).not.toMatch(/EXAMPLE|RVhBTVBMRT/)
    }
  })

  it.each([
    'grant_type=refresh_token&refresh_token=EXAMPLE_x&client_secret=EXAMPLE_y',
    '{"client_secret":"EXAMPLE_x"}',
    'https://app.example.com/api/auth/google/callback?code=EXAMPLE_x&state=s',
    'password: EXAMPLE_x',
  ])('is replaced where its name stands before it: %s', (text) => {
    expect(lineOf({ text })).not.toContain('EXAMPLE')
  })

  it('is replaced in names of fields and events too', () => {
    expect(lineOf({ 'ya29.EXAMPLE_x': 1 }, 'GOCSPX-EXAMPLE_x')).not.toContain('EXAMPLE')
  })

  it.each(['connection 41 of 4', '2026-11-21T08:00:00.000Z', 'v4/projects/my-project-of-tests', '/api/tenantry/google', 'gmail.watch'])(
    'is not plain text: %s',
    (text) => {
      expect(fieldsOf({ text })['text']).toBe(text)
    },
  )
})

describe('logging', () => {
  const anyField = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true })

  it('writes one line of JSON for anything, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.dictionary(fc.string({ unit: 'binary' }), anyField), (event, fields) => {
        const line = lineOf(fields, event)
        expect(line).toMatch(/^[^\n\r\u2028\u2029]+\n$/)
        expect(JSON.parse(line)).toMatchObject({ level: 'warn' })
      }),
    )
  })

  it('shows no secret, whatever stands around it', () => {
    const secret = fc.constantFrom(
      'Bearer EXAMPLE_x',
      'ya29.EXAMPLE_x',
      'GOCSPX-EXAMPLE_x',
      '1//EXAMPLE_x',
      '-----BEGIN PRIVATE KEY-----\nEXAMPLE_x',
    )
    const around = fc.string({ unit: fc.constantFrom(' ', '"', "'", '\n', '{', '}', ':', ',', '<', '=', '&', '(', '|'), maxLength: 600 })
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), around, secret, around, (key, before, value, after) => {
        expect(lineOf({ [key]: before + value + after })).not.toContain('EXAMPLE')
      }),
    )
  })

  it('goes on when a field cannot be read or the output is gone', () => {
    const unreadable = {
      get broken(): string {
        throw new Error('EXAMPLE_broken')
      },
    }
    expect(JSON.parse(lineOf(unreadable))).toMatchObject({ event: 'task.failed', fields: '[unreadable]' })
    const write = (): never => {
      throw new Error('EXAMPLE_gone')
    }
    expect(() => lineOf({}, 'tick', { write })).not.toThrow()
  })

  it('takes no time over long hostile text', () => {
    const texts = ['1//', 'Bearer ', 'token=', '-----BEGIN ', 'eyJ-', 'a_'].map((text) => text.repeat(200_000))
    for (const text of texts) expect(lineOf({ text, code: text }).length).toBeLessThan(2_000)
  })
})
