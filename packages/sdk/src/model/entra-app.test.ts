import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTenantryError } from '../errors/index.ts'
import { daysUntil, maskEntraClientId, parseDirectoryId, parseEntraClientId, parseEntraClientSecret, parseSecretExpiry } from './index.ts'

const guid = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
const other = '0f0e0d0c-0b0a-4908-8706-050403020100'
const secret = 'abc8Q~EXAMPLE_abcdefghijklmnopqrstuvwxyz'

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (isTenantryError(error)) return error.code
    throw error
  }
  return 'none'
}

const parsers: Record<string, (input: string) => unknown> = {
  parseDirectoryId: (input) => parseDirectoryId(input),
  parseEntraClientId: (input) => parseEntraClientId(input),
  parseEntraClientSecret: (input) => parseEntraClientSecret(input, guid),
  parseSecretExpiry: (input) => parseSecretExpiry(input),
}
const wild = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.domain(),
  fc.uuid(),
  fc.ipV4(),
  fc.ipV6(),
  fc.webUrl(),
  fc.constantFrom(guid, secret, 'acme.test', '2027-01-31'),
)

describe('what people paste from Entra', () => {
  it.each(Object.entries(parsers))('%s gives a value or a coded error, and reads its own output as itself', (_, parse) => {
    fc.assert(
      fc.property(wild, (input) => {
        let output: unknown
        try {
          output = parse(input)
        } catch (error) {
          expect(isTenantryError(error) && error.field !== undefined).toBe(true)
          expect(input.length < 12 || !String(error).includes(input)).toBe(true)
          return
        }
        expect(parse(String(output))).toBe(output)
      }),
    )
  })
})

describe('a directory id', () => {
  it.each([
    [guid, guid],
    [` ${guid.toUpperCase()}\u200B`, guid],
    ['acme.onmicrosoft.com', 'acme.onmicrosoft.com'],
    ['ACME.Test', 'acme.test'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['a-b.co', 'a-b.co'],
  ])('takes %j as %s', (input, expected) => {
    expect(parseDirectoryId(input)).toBe(expected)
  })

  it.each([
    '',
    'common',
    'organizations',
    'consumers',
    'localhost',
    'evil.com/',
    '/evil.com',
    'evil.com/x',
    'evil.com?',
    'evil.com#',
    'evil.com%2f',
    'evil.com:443',
    'user@evil.com',
    'evil.com.',
    '.evil.com',
    'evil..com',
    '../acme.test',
    'acme.test/../evil',
    '..',
    '-acme.test',
    'acme-.test',
    'acme_x.test',
    'bücher.example',
    'аcme.test',
    'acme.test\\evil',
    // An IP address, in whatever way it is written
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '127.1',
    '0',
    '[::1]',
    '::1',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '127.0.0.1.',
    `${guid}0`,
    guid.replaceAll('-', ''),
    `{${guid}}`,
    `${'a'.repeat(64)}.test`,
    `${'a.'.repeat(130)}test`,
  ])('refuses %j', (input) => {
    expect(codeOf(() => parseDirectoryId(input))).toBe('directory_id_invalid')
  })

  it('is one segment of a path, of whatever passes', () => {
    fc.assert(
      fc.property(wild, (input) => {
        if (codeOf(() => parseDirectoryId(input)) !== 'none') return
        const url = new URL(`https://login.example.com/${parseDirectoryId(input)}/oauth2/v2.0/token`)
        expect([url.host, url.pathname.split('/').length, url.search]).toEqual(['login.example.com', 5, ''])
      }),
    )
  })
})

describe('the fields of the app', () => {
  it.each([
    [guid.toUpperCase(), 'none'],
    [secret, 'client_id_is_secret'],
    ['••••••••', 'masked_value'],
    ['dana@acme.test', 'entra_client_id_invalid'],
    ['473210473210-abc.apps.googleusercontent.com', 'entra_client_id_invalid'],
    ['', 'entra_client_id_invalid'],
  ])('%j as a client id: %s', (input, code) => {
    expect(codeOf(() => parseEntraClientId(input))).toBe(code)
  })

  it.each([
    [secret, guid, 'none'],
    [other, guid, 'client_secret_is_secret_id'],
    [guid, guid, 'client_secret_is_client_id'],
    [guid, secret, 'client_secret_is_client_id'],
    [guid, undefined, 'client_secret_is_secret_id'],
    ['********', guid, 'masked_value'],
    ['two words here', guid, 'client_secret_invalid'],
    ['short', guid, 'client_secret_invalid'],
  ])('%j as the secret of %j: %s', (input, clientId, code) => {
    expect(codeOf(() => parseEntraClientSecret(input, clientId))).toBe(code)
  })

  it('shows the ends of a client id alone', () => {
    expect(maskEntraClientId(guid)).toBe('f47ac10b-…d479')
  })
})

describe('the end of a secret', () => {
  it.each(['2027-01-31', '2028-02-29', ' 2027-01-31 '])('takes %j', (input) => {
    expect(parseSecretExpiry(input)).toBe(input.trim())
  })

  it.each([
    '',
    '2027-02-29',
    '2027-02-31',
    '2027-13-01',
    '31.01.2027',
    '1/31/2027',
    '2027-1-31',
    '2027-01-31T00:00:00Z',
    '1999-01-01',
    'soon',
  ])('refuses %j', (input) => {
    expect(codeOf(() => parseSecretExpiry(input))).toBe('secret_expiry_invalid')
  })

  it('is counted in days of UTC', () => {
    const noon = Date.UTC(2027, 0, 30, 12)
    expect(['2027-01-29', '2027-01-30', '2027-01-31', '2027-03-01'].map((day) => daysUntil(day, noon))).toEqual([-1, 0, 1, 30])
    expect(daysUntil('2027-01-31', Date.UTC(2027, 0, 30))).toBe(1)
    expect(daysUntil('2027-01-31', Date.UTC(2027, 0, 31) - 1)).toBe(1)
  })
})
