export interface WrappedKey {
  /** Which key-encryption key wrapped it. */
  readonly keyId: string
  readonly wrapped: Uint8Array
}

/**
 * Wraps tenants' data keys: a local keyring or a KMS. The context is authenticated, not stored. It unwraps with every key that data keys may still be wrapped
 * with, whichever is the primary: `sdk.secrets.rotateKeys()` tells which those are.
 */
export interface KeyProvider {
  /** The key that new data keys are wrapped with. */
  readonly primaryKeyId: string
  wrap(dataKey: Uint8Array, context: string): Promise<WrappedKey>
  /** @throws `secrets_unreadable` when the key is gone or the context differs, `unavailable` when the KMS does not answer. */
  unwrap(key: WrappedKey, context: string): Promise<Uint8Array>
}
