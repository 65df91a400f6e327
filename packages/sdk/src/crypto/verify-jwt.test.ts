import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { TenantryError } from '../errors/index.ts'
import type { RsaJwk } from '../ports/index.ts'
import { createJwtVerifier, createWebCrypto } from './index.ts'

const now = 1_800_000_000
const expected = { issuers: ['https://accounts.google.com', 'accounts.google.com'], audience: 'https://app.example.com/push' }
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
const keys = new Map<string, RsaJwk>([['k1', { kid: 'k1', n, e }]])

const verify = createJwtVerifier({
  crypto: createWebCrypto(),
  clock: { now: () => now * 1000 },
  findKey: async (kid) => keys.get(kid) ?? null,
})

const goodHeader = { alg: 'RS256', kid: 'k1', typ: 'JWT' }
const goodClaims = { iss: 'https://accounts.google.com', aud: expected.audience, sub: '1', iat: now - 10, exp: now + 3590 }
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

function token(header: unknown, claims: unknown, key = privateKey): string {
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

const withClaims = (change: object) => token(goodHeader, { ...goodClaims, ...change })
const withHeader = (change: object) => token({ ...goodHeader, ...change }, goodClaims)
const without = (name: keyof typeof goodClaims) =>
  token(goodHeader, Object.fromEntries(Object.entries(goodClaims).filter(([key]) => key !== name)))
const good = token(goodHeader, goodClaims)
const [head = '', body = '', signature = ''] = good.split('.')

function hmacToken(secret: string | Buffer): string {
  const signed = `${encode({ ...goodHeader, alg: 'HS256' })}.${encode(goodClaims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const accepted: Record<string, string> = {
  'a plain one': good,
  'the issuer without its scheme': withClaims({ iss: 'accounts.google.com' }),
  'expired within the skew': withClaims({ iat: now - 3600, exp: now - 59 }),
  'issued within the skew ahead': withClaims({ iat: now + 59 }),
  'a whole day of life': withClaims({ iat: now, exp: now + 86_400 }),
  'further claims and headers': token({ ...goodHeader, x5t: 'x' }, { ...goodClaims, email: 'a@b.test', nested: { aud: 'other' } }),
}

const refused: Record<string, string> = {
  nothing: '',
  'two dots': '..',
  'one part': head,
  'two parts': `${head}.${body}`,
  'no signature': `${head}.${body}.`,
  'four parts': `${good}.${signature}`,
  'five parts': `${good}.a.b`,
  'a space before it': ` ${good}`,
  'a line break after it': `${good}\n`,
  'alg none': `${encode({ alg: 'none', kid: 'k1' })}.${body}.`,
  'alg none with a signature': `${encode({ alg: 'none', kid: 'k1' })}.${body}.${signature}`,
  'alg rs256 in lower case': withHeader({ alg: 'rs256' }),
  'alg RS512': withHeader({ alg: 'RS512' }),
  'no alg': withHeader({ alg: undefined }),
  'alg in a list': withHeader({ alg: ['RS256'] }),
  'HS256 with the public key as PEM': hmacToken(publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  'HS256 with the public key as DER': hmacToken(publicKey.export({ type: 'spki', format: 'der' })),
  'HS256 with the modulus': hmacToken(n),
  'no kid': withHeader({ kid: undefined }),
  'an unknown kid': withHeader({ kid: 'k2' }),
  'kid __proto__': withHeader({ kid: '__proto__' }),
  'kid constructor': withHeader({ kid: 'constructor' }),
  'kid as number': withHeader({ kid: 1 }),
  'kid in a list': withHeader({ kid: ['k1'] }),
  'its own key in the header': token(
    { ...goodHeader, kid: 'k9', jwk: other.publicKey.export({ format: 'jwk' }) },
    goodClaims,
    other.privateKey,
  ),
  crit: withHeader({ crit: ['exp'] }),
  'crit that is empty': withHeader({ crit: [] }),
  'another key’s signature': token(goodHeader, goodClaims, other.privateKey),
  'the signature of another token': `${head}.${body}.${withClaims({ sub: '2' }).split('.')[2]}`,
  'a padded signature': `${good}==`,
  'a signature that is too short': `${head}.${body}.${encode('x')}`,
  'a signature with a plus': `${head}.${body}.${signature.slice(0, -2)}+A`,
  'a body that is no JSON': token(goodHeader, 'EXAMPLE_not_json'),
  'a body that is a list': token(goodHeader, [goodClaims]),
  'a body that is null': token(goodHeader, 'null'),
  'a header that is no JSON': token('EXAMPLE_not_json', goodClaims),
  'a header that is text': token('"RS256"', goodClaims),
  'no aud': without('aud'),
  'another aud': withClaims({ aud: 'https://app.example.com/other' }),
  'an aud that goes on': withClaims({ aud: `${expected.audience}/x` }),
  'an aud that stops early': withClaims({ aud: expected.audience.slice(0, -1) }),
  'an aud in other case': withClaims({ aud: expected.audience.toUpperCase() }),
  'a list of the right aud': withClaims({ aud: [expected.audience] }),
  'a list of two auds': withClaims({ aud: [expected.audience, 'x'] }),
  'no iss': without('iss'),
  'another iss': withClaims({ iss: 'https://accounts.evil.test' }),
  'an iss with a slash': withClaims({ iss: 'https://accounts.google.com/' }),
  'a list of iss': withClaims({ iss: ['https://accounts.google.com'] }),
  'no exp': without('exp'),
  'no iat': without('iat'),
  'expired by 61 s': withClaims({ iat: now - 3600, exp: now - 61 }),
  'issued 61 s ahead': withClaims({ iat: now + 61 }),
  'a life of more than a day': withClaims({ iat: now, exp: now + 86_401 }),
  'an end before its beginning': withClaims({ iat: now + 30, exp: now + 30 }),
  'exp as text': withClaims({ exp: String(now + 100) }),
  'iat as text': withClaims({ iat: String(now) }),
  'exp without end': token(goodHeader, JSON.stringify(goodClaims).replace(/"exp":\d+/, '"exp":1e999')),
  'exp null': withClaims({ exp: null }),
  'more than 8 kB': withClaims({ padding: 'x'.repeat(10_000) }),
}

describe('verifying a vendor’s JWT', () => {
  it.each(Object.entries(accepted))('accepts %s, as jose does', async (_, text) => {
    const claims = await verify(text, expected)
    const jwks = createLocalJWKSet({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] })
    const oracle = await jwtVerify(text, jwks, {
      issuer: expected.issuers,
      audience: expected.audience,
      clockTolerance: 60,
      currentDate: new Date(now * 1000),
    })
    expect(claims).toEqual(oracle.payload)
  })

  it.each(Object.entries(refused))('refuses %s', async (_, text) => {
    expect(await verify(text, expected)).toBeNull()
  })

  it('refuses it with any one character changed', async () => {
    const swap = (character: string) => (character === 'A' ? 'B' : 'A')
    const changed = [...good].map((character, at) => good.slice(0, at) + swap(character) + good.slice(at + 1))
    const passed = (await Promise.all(changed.map((text) => verify(text, expected)))).filter((claims) => claims !== null)
    expect(passed).toEqual([])
  })

  it('refuses any text at all, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (left, right) => {
        expect(await verify(`${left}.${encode(right)}.${right}`, expected)).toBeNull()
      }),
    )
  })

  it('says that it could not ask, instead of calling the token false', async () => {
    const unable = createJwtVerifier({
      crypto: createWebCrypto(),
      clock: { now: () => now * 1000 },
      findKey: () => Promise.reject(new TenantryError('unavailable')),
    })
    await expect(unable(good, expected)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('asks for no key before the claims fit, so that noise causes no request', async () => {
    const asked: string[] = []
    const counting = createJwtVerifier({
      crypto: createWebCrypto(),
      clock: { now: () => now * 1000 },
      findKey: async (kid) => (asked.push(kid), null),
    })
    for (const text of [withClaims({ aud: 'x' }), withClaims({ exp: now - 61 }), withHeader({ alg: 'none' })])
      await counting(text, expected)
    expect(asked).toEqual([])
  })
})
