import { createWebCrypto, encodeText } from '@tenantry/sdk/crypto'
import { TenantryError } from '@tenantry/sdk/errors'
import type { KeyProvider } from '@tenantry/sdk/ports'
import { readKeyMaterial } from './key-material.ts'

export interface LocalKeysOptions {
  /** Id of the key that wraps new data keys. */
  readonly primary: string
  /** Every key that may still be needed to unwrap, by id: 32 random bytes each, base64 (`openssl rand -base64 32`). */
  readonly keys: Readonly<Record<string, string>>
}

const ivLength = 12
const idShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/**
 * A keyring in this process. Wraps with AES-256-GCM; the context is authenticated. To rotate, add a key, make it `primary`, call
 * `sdk.secrets.rotateKeys()`, and keep the old one until that says that nothing `remaining` needs it (docs/keys.md).
 * @throws TypeError when an id or key is not usable; the message never quotes the key
 */
export function createLocalKeys(options: LocalKeysOptions): KeyProvider {
  const crypto = createWebCrypto()
  const ring = new Map(Object.entries(options.keys).map(([id, text]) => [readId(id), readKeyMaterial(id, text)]))
  const primary = ring.get(options.primary)
  if (primary === undefined)
    throw new TypeError('createLocalKeys: primary names a key that is not among keys. Add the key, or name another one.')

  return {
    primaryKeyId: options.primary,
    async wrap(dataKey, context) {
      const iv = globalThis.crypto.getRandomValues(new Uint8Array(ivLength))
      const sealed = await crypto.seal(primary, iv, dataKey, encodeText(context))
      const wrapped = new Uint8Array(ivLength + sealed.length)
      wrapped.set(iv)
      wrapped.set(sealed, ivLength)
      return { keyId: options.primary, wrapped }
    },
    async unwrap({ keyId, wrapped }, context) {
      const key = ring.get(keyId)
      if (key === undefined) throw new TenantryError('secrets_unreadable')
      try {
        return await crypto.open(key, wrapped.subarray(0, ivLength), wrapped.subarray(ivLength), encodeText(context))
      } catch {
        // The platform says only "OperationError": the key, the context or the bytes are not the ones it was wrapped with.
        throw new TenantryError('secrets_unreadable')
      }
    },
  }
}

function readId(id: string): string {
  if (!idShape.test(id)) throw new TypeError('createLocalKeys: a key id has 1 to 64 letters, digits, dots, hyphens and underscores.')
  return id
}
