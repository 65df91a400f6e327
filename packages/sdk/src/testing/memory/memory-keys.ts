import { TenantryError } from '../../errors/index.ts'
import type { KeyProvider } from '../../ports/index.ts'

const ivLength = 12

/** A key provider in this process. Its keys die with it. */
export interface MemoryKeys extends KeyProvider {
  /** Makes a new primary key; the earlier ones still unwrap. @returns its id */
  rotate(): string
  /** Loses a key, as a deleted KMS key is lost. */
  forget(keyId: string): void
}

/** AES-256-GCM through WebCrypto; the context is the additional authenticated data. */
export function createMemoryKeys(): MemoryKeys {
  const keys = new Map<string, Promise<CryptoKey>>()
  let made = 0
  let primaryKeyId = makeKey()

  function makeKey(): string {
    made += 1
    const id = `memory-${made}`
    keys.set(id, crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']))
    return id
  }

  async function keyFor(keyId: string): Promise<CryptoKey> {
    const key = await keys.get(keyId)
    if (key === undefined) throw new TenantryError('secrets_unreadable')
    return key
  }

  return {
    get primaryKeyId() {
      return primaryKeyId
    },
    async wrap(dataKey, context) {
      const keyId = primaryKeyId
      const iv = crypto.getRandomValues(new Uint8Array(ivLength))
      const sealed = await crypto.subtle.encrypt(parameters(iv, context), await keyFor(keyId), Uint8Array.from(dataKey))
      const wrapped = new Uint8Array(ivLength + sealed.byteLength)
      wrapped.set(iv)
      wrapped.set(new Uint8Array(sealed), ivLength)
      return { keyId, wrapped }
    },
    async unwrap({ keyId, wrapped }, context) {
      const key = await keyFor(keyId)
      const iv = Uint8Array.from(wrapped.subarray(0, ivLength))
      try {
        return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, context), key, Uint8Array.from(wrapped.subarray(ivLength))))
      } catch {
        // WebCrypto says no more than "OperationError": wrong key, context or bytes.
        throw new TenantryError('secrets_unreadable')
      }
    },
    rotate() {
      primaryKeyId = makeKey()
      return primaryKeyId
    },
    forget(keyId) {
      keys.delete(keyId)
    },
  }
}

function parameters(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(context), tagLength: 128 }
}
