import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Crypto } from '@tenantry/sdk/ports'
import { createRsaKeys } from './rsa-keys.ts'

const algorithm = 'aes-256-gcm'
const ivLength = 12
const tagLength = 16

const signAsync = promisify(sign)

/** The crypto port over node:crypto; several times as fast as WebCrypto, mostly because keys that were read are kept. */
export function createNodeCrypto(): Crypto {
  const rsaKeys = createRsaKeys()
  const secretKeys = new WeakMap<Uint8Array, KeyObject>()

  /** Reading a key takes three times as long as sealing a few kilobytes with it. */
  const readSecret = (key: Uint8Array): KeyObject => {
    const known = secretKeys.get(key)
    if (known !== undefined) return known
    const made = createSecretKey(key)
    secretKeys.set(key, made)
    return made
  }

  return {
    sha256: async (data) => own(createHash('sha256').update(data).digest()),
    hmacSha256: async (key, data) => own(createHmac('sha256', key).update(data).digest()),
    hkdfSha256: async (key, info, length) => new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), info, length)),
    seal: async (key, iv, plaintext, aad) => {
      assertIv(iv)
      const cipher = createCipheriv(algorithm, readSecret(key), iv, { authTagLength: tagLength }).setAAD(aad)
      return own(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]))
    },
    open: async (key, iv, sealed, aad) => {
      assertIv(iv)
      if (sealed.length < tagLength) throw new RangeError('AES-GCM needs a 16-byte tag')
      const end = sealed.length - tagLength
      const decipher = createDecipheriv(algorithm, readSecret(key), iv, { authTagLength: tagLength })
        .setAAD(aad)
        .setAuthTag(sealed.subarray(end))
      return own(Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]))
    },
    verifyRs256: async (key, data, signature) => {
      const publicKey = rsaKeys.readPublic(key)
      return publicKey !== null && verify('sha256', data, publicKey, signature)
    },
    signRs256: async (privateKeyPem, data) => own(await signAsync('sha256', data, rsaKeys.readPrivate(privateKeyPem))),
  }
}

function assertIv(iv: Uint8Array): void {
  if (iv.length !== ivLength) throw new RangeError('AES-GCM needs a 12-byte IV')
}

/** A copy, because small Buffers are views over memory that other values share. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
