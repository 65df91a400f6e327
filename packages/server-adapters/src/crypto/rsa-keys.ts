import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { RsaJwk } from '@tenantry/sdk/ports'

const leastBits = 2048
const keptKeys = 256
const pkcs8 = /^-----BEGIN PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END PRIVATE KEY-----\s*$/

export interface RsaKeys {
  /** `null` when the key is too short to be trusted. @throws TypeError when it is no RSA key */
  readPublic(key: RsaJwk): KeyObject | null
  /** @throws RangeError when the PEM is not a PKCS 8 RSA key of at least 2048 bits; the message does not quote it */
  readPrivate(pem: string): KeyObject
}

/** Parses RSA keys and keeps the last ones, because parsing costs more than verifying. */
export function createRsaKeys(): RsaKeys {
  const publicKeys = new Map<string, KeyObject>()
  const privateKeys = new Map<string, KeyObject>()

  return {
    readPublic: (jwk) => {
      const key = remember(publicKeys, JSON.stringify([jwk.kid, jwk.n, jwk.e]), () =>
        createPublicKey({ key: { kty: 'RSA', n: jwk.n, e: jwk.e }, format: 'jwk' }),
      )
      return isLongEnough(key) ? key : null
    },
    // The digest stands for the PEM, so that the cache holds no copy of it.
    readPrivate: (pem) => remember(privateKeys, createHash('sha256').update(pem).digest('base64'), () => parsePrivate(pem)),
  }
}

function parsePrivate(pem: string): KeyObject {
  if (!pkcs8.test(pem)) throw unusable()
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    // OpenSSL's words say nothing that helps, and must not be relied on to keep the key to themselves.
    throw unusable()
  }
  if (key.asymmetricKeyType !== 'rsa' || !isLongEnough(key)) throw unusable()
  return key
}

function isLongEnough(key: KeyObject): boolean {
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits
}

function unusable(): RangeError {
  return new RangeError(`The private key must be a PKCS 8 RSA key of at least ${leastBits} bits`)
}

function remember(cache: Map<string, KeyObject>, id: string, parse: () => KeyObject): KeyObject {
  const known = cache.get(id)
  if (known !== undefined) return known
  const key = parse()
  const oldest = cache.keys().next()
  if (cache.size >= keptKeys && !oldest.done) cache.delete(oldest.value)
  cache.set(id, key)
  return key
}
