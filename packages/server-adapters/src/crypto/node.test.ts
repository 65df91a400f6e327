import { generateKeyPairSync, sign } from 'node:crypto'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import type { RsaJwk } from '@tenantry/sdk/ports'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNodeCrypto } from './node.ts'

const node = createNodeCrypto()
const web = createWebCrypto()

const bytes = (constraints: fc.IntArrayConstraints = {}) => fc.uint8Array({ maxLength: 300, ...constraints })
const key = bytes({ minLength: 32, maxLength: 32 })
const iv = bytes({ minLength: 12, maxLength: 12 })

function createRsaPair(modulusLength: number, kid = 'k1'): { pem: string; jwk: RsaJwk } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), jwk: { kid, n, e } }
}

const pair = createRsaPair(2048)

describe('createNodeCrypto against WebCrypto', () => {
  it('digests and derives the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes(),
        bytes({ minLength: 1 }),
        fc.string(),
        fc.integer({ min: 1, max: 255 }),
        async (data, secret, info, length) => {
          expect(await node.sha256(data)).toEqual(await web.sha256(data))
          expect(await node.hmacSha256(secret, data)).toEqual(await web.hmacSha256(secret, data))
          expect(await node.hkdfSha256(secret, info, length)).toEqual(await web.hkdfSha256(secret, info, length))
        },
      ),
    )
  })

  it('seals the same, and each opens what the other sealed', async () => {
    await fc.assert(
      fc.asyncProperty(key, iv, bytes(), bytes(), async (secret, nonce, plaintext, aad) => {
        const sealed = await node.seal(secret, nonce, plaintext, aad)
        expect(sealed).toEqual(await web.seal(secret, nonce, plaintext, aad))
        expect(await node.open(secret, nonce, sealed, aad)).toEqual(plaintext)
        expect(await web.open(secret, nonce, sealed, aad)).toEqual(plaintext)
      }),
    )
  })

  it('signs the same and verifies the same', async () => {
    await fc.assert(
      fc.asyncProperty(bytes(), bytes({ minLength: 256, maxLength: 256 }), async (data, garbage) => {
        const signature = await node.signRs256(pair.pem, data)
        expect(signature).toEqual(await web.signRs256(pair.pem, data))
        expect(await node.verifyRs256(pair.jwk, data, signature)).toBe(true)
        expect(await node.verifyRs256(pair.jwk, data, garbage)).toBe(await web.verifyRs256(pair.jwk, data, garbage))
      }),
      { numRuns: 30 },
    )
  })
})

describe('opening', () => {
  const secret = new Uint8Array(32).fill(7)
  const nonce = new Uint8Array(12).fill(3)
  const aad = new TextEncoder().encode('tenant-a')
  const plaintext = new TextEncoder().encode('EXAMPLE_refresh_token')

  it('refuses every single changed bit of ciphertext and tag', async () => {
    const sealed = await node.seal(secret, nonce, plaintext, aad)
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Uint8Array.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await expect(node.open(secret, nonce, changed, aad)).rejects.toThrow(/unable to authenticate/)
    }
  })

  it('refuses another AAD, IV or key', async () => {
    const sealed = await node.seal(secret, nonce, plaintext, aad)
    await expect(node.open(secret, nonce, sealed, new TextEncoder().encode('tenant-b'))).rejects.toThrow(/unable to authenticate/)
    await expect(node.open(secret, nonce, sealed, new Uint8Array(0))).rejects.toThrow(/unable to authenticate/)
    await expect(node.open(secret, new Uint8Array(12), sealed, aad)).rejects.toThrow(/unable to authenticate/)
    await expect(node.open(new Uint8Array(32), nonce, sealed, aad)).rejects.toThrow(/unable to authenticate/)
  })

  it.each([0, 4, 8, 12, 13, 14, 15])('refuses a tag of %i bytes', async (length) => {
    const sealed = await node.seal(secret, nonce, new Uint8Array(0), aad)
    expect(sealed).toHaveLength(16)
    await expect(node.open(secret, nonce, sealed.subarray(0, length), aad)).rejects.toThrow(RangeError)
  })

  it.each([0, 1, 8, 11, 13, 16])('refuses an IV of %i bytes, both ways', async (length) => {
    await expect(node.seal(secret, new Uint8Array(length), plaintext, aad)).rejects.toThrow(RangeError)
    await expect(node.open(secret, new Uint8Array(length), new Uint8Array(32), aad)).rejects.toThrow(RangeError)
  })

  it.each([0, 16, 24, 31, 33, 64])('refuses a key of %i bytes', async (length) => {
    await expect(node.seal(new Uint8Array(length), nonce, plaintext, aad)).rejects.toThrow(/key length/i)
  })
})

describe('RSA keys', () => {
  const data = new TextEncoder().encode('header.claims')

  it('does not mix up two keys with one key id', async () => {
    const other = createRsaPair(2048)
    const signature = await node.signRs256(pair.pem, data)
    expect(await node.verifyRs256(pair.jwk, data, signature)).toBe(true)
    expect(await node.verifyRs256(other.jwk, data, signature)).toBe(false)
    expect(await node.verifyRs256(pair.jwk, data, await node.signRs256(other.pem, data))).toBe(false)
  })

  it('trusts no key under 2048 bits', async () => {
    const weak = createRsaPair(1024)
    const signature = sign('sha256', data, weak.pem)
    expect(await web.verifyRs256(weak.jwk, data, signature)).toBe(false)
    expect(await node.verifyRs256(weak.jwk, data, signature)).toBe(false)
    await expect(node.signRs256(weak.pem, data)).rejects.toThrow(RangeError)
  })

  it.each([
    [
      'an elliptic curve key',
      () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
    [
      'an RSA-PSS key',
      () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
    ['PKCS 1', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['a cut key', () => pair.pem.replace(/\n[^\n]+\n-----END/, '\n-----END')],
    ['something else', () => 'EXAMPLE_not_a_key'],
  ])('does not sign with %s and does not quote it', async (_, createPem) => {
    const pem = createPem()
    const error = await node.signRs256(pem, data).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(RangeError)
    expect(String(error)).not.toContain(pem.slice(30, 60) || pem)
  })

  it('keeps working when more keys were used than are kept', async () => {
    const signature = await node.signRs256(pair.pem, data)
    for (let turn = 0; turn < 600; turn += 1) expect(await node.verifyRs256({ ...pair.jwk, kid: `k${turn}` }, data, signature)).toBe(true)
  })
})
