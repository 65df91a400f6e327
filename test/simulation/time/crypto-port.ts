import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import type { Crypto } from '@tenantry/sdk/ports'
import { isSignedSo, signInstead } from './stand-in-signature.ts'

/** The real port, but for the signatures. */
export function createCryptoPort(): Crypto {
  return {
    ...createNodeCrypto(),
    signRs256: async (_, data) => signInstead(data),
    verifyRs256: async (_, data, signature) => isSignedSo(data, signature),
  }
}
