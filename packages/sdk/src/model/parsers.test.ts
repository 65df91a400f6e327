import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../errors/index.ts'
import {
  assertKeyProject,
  cleanPaste,
  isMasked,
  maskClientId,
  parseClientId,
  parseClientSecret,
  parseProjectId,
  parseServiceAccountKey,
} from './index.ts'
import type { ServiceAccountKey } from './index.ts'

const clientId = '473210473210-abc123def456.apps.googleusercontent.com'
const secretText = 'GOCSPX-EXAMPLE_abcdefghij'
const key: ServiceAccountKey = {
  type: 'service_account',
  project_id: 'acme-mail-1',
  private_key_id: 'EXAMPLE_key_id',
  private_key: `-----BEGIN ${'PRIVATE KEY'}-----\nEXAMPLEexample\n-----END PRIVATE KEY-----\n`.replace('EXAMPLEexample', 'RVhBTVBMRQ=='),
  client_email: 'tenantry@acme-mail-1.iam.gserviceaccount.com',
  client_id: '123456789012345678901',
}

const parsers: Record<string, (input: string) => unknown> = {
  parseClientId: (input) => parseClientId(input),
  parseClientSecret: (input) => parseClientSecret(input),
  parseProjectId: (input) => parseProjectId(input),
  parseServiceAccountKey: (input) => parseServiceAccountKey(input),
}

const marks = fc.constantFrom('', ' ', '\u00A0', '\u200B', '\uFEFF', '"', "'", '`', '\n', '\t', '\u3000', '\u00AD', '" \'')
const pasted = (text: string) => fc.tuple(marks, marks, marks, marks).map(([a, b, c, d]) => a + b + text + c + d)
const wild = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.json(),
  fc.constantFrom(clientId, secretText, 'acme-mail-1', JSON.stringify(key)).chain(pasted),
  fc
    .record({
      ...Object.fromEntries(
        Object.keys(key).map((name) => [name, fc.oneof(fc.constant(key[name as keyof ServiceAccountKey]), fc.jsonValue())]),
      ),
      extra: fc.jsonValue(),
    })
    .map((file) => JSON.stringify(file)),
)

describe('what people paste', () => {
  it.each(Object.entries(parsers))(
    '%s gives a value or a coded error, and nothing else, and reads its own output as itself',
    (_, parse) => {
      fc.assert(
        fc.property(wild, (input) => {
          let output: unknown
          try {
            output = parse(input)
          } catch (error) {
            expect(isTenantryError(error) && error.fields.length).toBe(1)
            return
          }
          expect(parse(typeof output === 'string' ? output : JSON.stringify(output))).toEqual(output)
        }),
        { numRuns: 2000 },
      )
    },
  )

  it.each(Object.entries(parsers))('%s never quotes what was pasted', (_, parse) => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii', minLength: 0, maxLength: 30 }),
        fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
        (before, after) => {
          const input = `${before}EXAMPLE_needle ${after}`
          try {
            parse(input)
          } catch (error) {
            expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('EXAMPLE_needle')
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is the same however often it is cleaned', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          wild,
          fc
            .array(fc.oneof(marks, fc.constantFrom('e', '\u0301', 'ﬁ', 'Å', '\u1100', '\u1161')), { maxLength: 10 })
            .map((parts) => parts.join('')),
        ),
        (input) => {
          const once = cleanPaste(input)
          expect(cleanPaste(once)).toBe(once)
          expect(once).not.toMatch(/^[\s"'`]|[\s"'`]$|[\u200B\uFEFF]/)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('is understood through quotes, spaces, invisible and wide characters', () => {
    fc.assert(
      fc.property(pasted(clientId), pasted(secretText), pasted('acme-mail-1'), (id, secret, project) => {
        expect(parseClientId(id)).toBe(clientId)
        expect(parseClientSecret(secret)).toBe(secretText)
        expect(parseProjectId(project)).toBe('acme-mail-1')
      }),
    )
    expect(parseProjectId('ａcme－mail－1')).toBe('acme-mail-1')
  })
})

describe('parseProjectId', () => {
  it.each([
    'https://console.cloud.google.com/apis/dashboard?project=acme-mail-1',
    'https://console.cloud.google.com/welcome?hl=en&project=acme-mail-1&x=y',
    'https://console.cloud.google.com/?project=acme-mail-1#top',
  ])('takes it out of the link %s', (link) => {
    expect(parseProjectId(link)).toBe('acme-mail-1')
  })

  it.each([
    ['473210473210', 'project_id_is_number'],
    ['Acme Mail', 'project_id_is_name'],
    ['acme mail', 'project_id_is_name'],
    ['Müller', 'project_id_is_name'],
    ['acme', 'project_id_invalid'],
    ['-acme-mail', 'project_id_invalid'],
    ['acme-mail-', 'project_id_invalid'],
    ['../../secrets', 'project_id_invalid'],
    ['acme-mail-1/topics/x', 'project_id_invalid'],
    [`a${'b'.repeat(30)}`, 'project_id_invalid'],
    ['', 'project_id_invalid'],
    ['https://evil.test/?project=ACME', 'project_id_invalid'],
  ])('refuses %j with %s', (input, code) => {
    expect(() => parseProjectId(input)).toThrow(expect.objectContaining({ code, field: 'projectId' }))
  })
})

describe('client id and secret', () => {
  it('tells one from the other, and from masks and addresses', () => {
    const codeOf = (parse: (input: string) => string, input: string) => {
      try {
        return parse(input)
      } catch (error) {
        return isTenantryError(error) ? error.code : error
      }
    }
    expect(['••••', '********', 'xxxxxxxx', '…'].map((mask) => [codeOf(parseClientId, mask), codeOf(parseClientSecret, mask)])).toEqual(
      Array(4).fill(['masked_value', 'masked_value']),
    )
    expect(codeOf(parseClientId, secretText)).toBe('client_id_is_secret')
    expect(codeOf(parseClientId, 'dana@acme.test')).toBe('client_id_is_email')
    expect(codeOf(parseClientId, `${clientId}.evil.test`)).toBe('client_id_invalid')
    expect(codeOf(parseClientId, 'abc-def.apps.googleusercontent.com')).toBe('client_id_invalid')
    expect(codeOf(parseClientSecret, clientId)).toBe('client_secret_is_client_id')
    expect(codeOf(parseClientSecret, 'two words')).toBe('client_secret_invalid')
    expect(codeOf(parseClientSecret, 'short')).toBe('client_secret_invalid')
    expect(codeOf(parseClientSecret, 'x'.repeat(9) + '1'.repeat(300))).toBe('client_secret_invalid')
    expect(isMasked(secretText)).toBe(false)
  })

  it('shows of a client id its project number and four characters', () => {
    expect(maskClientId(clientId)).toBe('473210473210-…f456.apps.googleusercontent.com')
  })
})

describe('parseServiceAccountKey', () => {
  const parse = (change: object) => parseServiceAccountKey(JSON.stringify({ ...key, ...change }))

  it('keeps six fields, in any order, and nothing else', () => {
    const file = JSON.stringify({ extra: 1, token_uri: 'https://evil.test', ...key, universe_domain: 'googleapis.com', ['__proto__x']: 1 })
    expect(parseServiceAccountKey(file)).toEqual(key)
    expect(Object.keys(parseServiceAccountKey(file))).toHaveLength(6)
  })

  it.each<[object, string]>([
    [{ type: undefined }, 'key_wrong_kind'],
    [{ type: 'external_account' }, 'key_wrong_kind'],
    [{ type: ['service_account'] }, 'key_wrong_kind'],
    [{ web: {} }, 'key_is_client_file'],
    [{ installed: null }, 'key_is_client_file'],
    [{ universe_domain: 'evil.test' }, 'key_foreign_universe'],
    [{ universe_domain: null }, 'key_foreign_universe'],
    [{ client_id: 5 }, 'key_incomplete'],
    [{ private_key_id: undefined }, 'key_incomplete'],
    [{ private_key: 'RVhBTVBMRQ==' }, 'key_private_key_invalid'],
    [{ private_key: key.private_key.replace('PRIVATE', 'ENCRYPTED PRIVATE') }, 'key_private_key_invalid'],
    [{ client_email: 'tenantry@acme-mail-1.iam.gserviceaccount.com.evil.test' }, 'key_email_invalid'],
    [{ client_email: 'tenantry@other-mail-1.iam.gserviceaccount.com' }, 'key_email_invalid'],
    [{ client_email: 'tenantry@acme-mail-1.iam.gserviceaccount.com\n' }, 'key_email_invalid'],
    [{ client_email: '123-compute@developer.gserviceaccount.com' }, 'key_email_invalid'],
  ])('refuses %j with %s', (change, code) => {
    expect(() => parse(change)).toThrow(expect.objectContaining({ code, field: 'serviceAccountKey' }))
  })

  it.each(['', '[]', 'null', '"text"', '1', `${'['.repeat(30_000)}`, '{"type":"service_account",}'])(
    'takes %.20j for no key file',
    (text) => {
      expect(() => parseServiceAccountKey(text)).toThrow(expect.objectContaining({ code: 'key_not_json' }))
    },
  )

  it('takes a key of a project that belongs to a domain', () => {
    expect(
      parse({ project_id: 'acme.test:acme-mail-1', client_email: 'tenantry@acme-mail-1.acme.test.iam.gserviceaccount.com' }),
    ).toMatchObject({ project_id: 'acme.test:acme-mail-1' })
  })

  it('names both projects when they differ', () => {
    expect(() => assertKeyProject(key, 'other-mail-2')).toThrow(
      expect.objectContaining({ code: 'key_project_mismatch', values: { actual: 'acme-mail-1', expected: 'other-mail-2' } }),
    )
    expect(() => assertKeyProject(key, 'acme-mail-1')).not.toThrow()
  })
})
