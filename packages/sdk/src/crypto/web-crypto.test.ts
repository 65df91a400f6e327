import { createHash, createHmac, generateKeyPairSync, hkdfSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createWebCrypto, encodeText } from './index.ts'

const crypto = createWebCrypto()
const key = new Uint8Array(32).fill(7)
const iv = new Uint8Array(12).fill(3)
const aad = encodeText('tenant-a')
const plaintext = encodeText('EXAMPLE_refresh_token')

function createRsaPair(modulusLength: number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  return { privateKey, pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), jwk: { kid: 'k1', n, e } }
}

describe('digests and keys', () => {
  it('are those of Node', async () => {
    expect(Buffer.from(await crypto.sha256(plaintext))).toEqual(createHash('sha256').update(plaintext).digest())
    expect(Buffer.from(await crypto.hmacSha256(key, plaintext))).toEqual(createHmac('sha256', key).update(plaintext).digest())
    expect(await crypto.hkdfSha256(key, 'purpose', 42)).toEqual(new Uint8Array(hkdfSync('sha256', key, '', 'purpose', 42)))
  })

  it('take a view that is not the whole of its memory', async () => {
    const memory = new Uint8Array(100).fill(9)
    memory.set(plaintext, 13)
    expect(await crypto.sha256(memory.subarray(13, 13 + plaintext.length))).toEqual(await crypto.sha256(plaintext))
    const shared = new Uint8Array(new SharedArrayBuffer(plaintext.length))
    shared.set(plaintext)
    expect(await crypto.sha256(shared)).toEqual(await crypto.sha256(plaintext))
  })
})

describe('AES-256-GCM', () => {
  it('opens what it sealed, with all 16 bytes of the tag', async () => {
    const sealed = await crypto.seal(key, iv, plaintext, aad)
    expect(sealed).toHaveLength(plaintext.length + 16)
    expect(await crypto.open(key, iv, sealed, aad)).toEqual(plaintext)
  })

  it.each([0, 4, 8, 12, 15])('refuses a tag of %i bytes', async (length) => {
    const sealed = await crypto.seal(key, iv, new Uint8Array(), aad)
    await expect(crypto.open(key, iv, sealed.subarray(0, length), aad)).rejects.toThrow(RangeError)
  })

  it.each([0, 1, 8, 11, 13, 16])('refuses an IV of %i bytes, both ways', async (length) => {
    await expect(crypto.seal(key, new Uint8Array(length), plaintext, aad)).rejects.toThrow(RangeError)
    await expect(crypto.open(key, new Uint8Array(length), new Uint8Array(32), aad)).rejects.toThrow(RangeError)
  })

  it.each([0, 16, 24, 31, 33, 64])('refuses a key of %i bytes, both ways', async (length) => {
    await expect(crypto.seal(new Uint8Array(length), iv, plaintext, aad)).rejects.toThrow(RangeError)
    await expect(crypto.open(new Uint8Array(length), iv, new Uint8Array(32), aad)).rejects.toThrow(RangeError)
  })

  it('refuses another key, IV or context', async () => {
    const sealed = await crypto.seal(key, iv, plaintext, aad)
    await expect(crypto.open(new Uint8Array(32), iv, sealed, aad)).rejects.toThrow()
    await expect(crypto.open(key, new Uint8Array(12), sealed, aad)).rejects.toThrow()
    await expect(crypto.open(key, iv, sealed, encodeText('tenant-b'))).rejects.toThrow()
  })
})

describe('RS256', () => {
  const pair = createRsaPair(2048)

  it('verifies what Node signed, and Node’s signature is its own', async () => {
    const signature = sign('sha256', plaintext, pair.privateKey)
    expect(await crypto.verifyRs256(pair.jwk, plaintext, signature)).toBe(true)
    expect(await crypto.verifyRs256(pair.jwk, aad, signature)).toBe(false)
    expect(Buffer.from(await crypto.signRs256(pair.pem, plaintext))).toEqual(signature)
  })

  it('trusts no key under 2048 bits, neither to verify nor to sign', async () => {
    const weak = createRsaPair(1024)
    expect(await crypto.verifyRs256(weak.jwk, plaintext, sign('sha256', plaintext, weak.privateKey))).toBe(false)
    await expect(crypto.signRs256(weak.pem, plaintext)).rejects.toThrow(RangeError)
  })

  it.each([
    ['an elliptic curve key', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['PKCS 1', () => pair.privateKey.export({ type: 'pkcs1', format: 'pem' })],
    ['a cut key', () => pair.pem.replace(/\n[^\n]+\n-----END/, '\n-----END')],
    ['something else', () => 'EXAMPLE_not_a_key'],
  ])('does not sign with %s, and does not quote it', async (_, make) => {
    const pem = String(make())
    const error: unknown = await crypto.signRs256(pem, plaintext).then(
      () => 'signed',
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).not.toContain(pem.slice(30, 60) || pem)
  })
})
