import { sign } from 'node:crypto'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import type { Crypto } from '@tenantry/sdk/ports'

/** The real port, without the one thing that it leaves to another thread. */
export function createCryptoPort(): Crypto {
  return { ...createNodeCrypto(), signRs256: async (pem, data) => new Uint8Array(sign('sha256', data, pem)) }
}
