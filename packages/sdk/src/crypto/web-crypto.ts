import type { Crypto } from '../ports/crypto.ts'

const subtle = (): SubtleCrypto => globalThis.crypto.subtle

/** The crypto port over WebCrypto: Node, workers and browsers. */
export function createWebCrypto(): Crypto {
  return {
    sha256: async (data) => new Uint8Array(await subtle().digest('SHA-256', own(data))),
    hmacSha256: async (key, data) => {
      const imported = await subtle().importKey('raw', own(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
      return new Uint8Array(await subtle().sign('HMAC', imported, own(data)))
    },
    hkdfSha256: async (key, info, length) => {
      const imported = await subtle().importKey('raw', own(key), 'HKDF', false, ['deriveBits'])
      const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new TextEncoder().encode(info) }
      return new Uint8Array(await subtle().deriveBits(parameters, imported, length * 8))
    },
    seal: async (key, iv, plaintext, aad) =>
      new Uint8Array(await subtle().encrypt(gcm(iv, aad), await aesKey(key, 'encrypt'), own(plaintext))),
    open: async (key, iv, sealed, aad) => {
      if (sealed.length < tagBytes) throw new RangeError('AES-GCM needs a 16-byte tag')
      return new Uint8Array(await subtle().decrypt(gcm(iv, aad), await aesKey(key, 'decrypt'), own(sealed)))
    },
    verifyRs256: async (key, data, signature) => {
      const imported = await subtle().importKey('jwk', { kty: 'RSA', n: key.n, e: key.e, alg: 'RS256' }, rs256, false, ['verify'])
      if (modulusBits(imported) < leastRsaBits) return false
      return subtle().verify(rs256, imported, own(signature), own(data))
    },
    signRs256: async (privateKeyPem, data) => {
      const imported = await subtle().importKey('pkcs8', readPem(privateKeyPem), rs256, false, ['sign'])
      if (modulusBits(imported) < leastRsaBits) throw new RangeError('RSA keys need at least 2048 bits')
      return new Uint8Array(await subtle().sign(rs256, imported, own(data)))
    },
  }
}

const rs256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

const leastRsaBits = 2048
const keyBytes = 32
const ivBytes = 12
const tagBytes = 16

const modulusBits = (key: CryptoKey): number => (key.algorithm as RsaHashedKeyAlgorithm).modulusLength

function gcm(iv: Uint8Array, aad: Uint8Array): AesGcmParams {
  if (iv.length !== ivBytes) throw new RangeError('AES-GCM needs a 12-byte IV')
  return { name: 'AES-GCM', iv: own(iv), additionalData: own(aad), tagLength: tagBytes * 8 }
}

function aesKey(key: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  // WebCrypto takes 16 and 24 bytes as well, which would be a weaker cipher.
  if (key.length !== keyBytes) throw new RangeError('AES-256-GCM needs a key length of 32 bytes')
  return subtle().importKey('raw', own(key), 'AES-GCM', false, [use])
}

/** WebCrypto takes no view over shared memory. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}

function readPem(pem: string): Uint8Array<ArrayBuffer> {
  const body = pem.replace(/-----(BEGIN|END) PRIVATE KEY-----/g, '').replace(/\s/g, '')
  return Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
}
