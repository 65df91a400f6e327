import type { Secret } from '../model/secret.ts'

/** The closed list of what a tenant keeps: one bundle per vendor. */
export type SecretName = 'google' | 'microsoft'

export interface SecretRef {
  readonly tenantId: string
  readonly name: SecretName
}

export interface SecretVersion {
  /** Opaque; changes with every put. */
  readonly version: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

export interface StoredSecret extends SecretVersion {
  readonly value: Secret
}

/** Where tenants' static secrets live. Version 1 of the port. */
export interface SecretsProvider {
  /**
   * `null` says that the secret verifiably does not exist; everything else that goes wrong throws.
   * @throws `unavailable`, `secrets_unreadable`
   */
  get(ref: SecretRef): Promise<StoredSecret | null>
  /**
   * Replaces the whole secret at once, compare-and-set.
   * @param ifVersion the version that was read, or `'absent'`
   * @throws `conflict` when the stored version is another, `unavailable`
   */
  put(ref: SecretRef, value: Secret, ifVersion: string): Promise<SecretVersion>
  /** Idempotent. @throws `unavailable` */
  destroy(ref: SecretRef): Promise<void>
  /** Every secret of the tenant. Idempotent. @throws `unavailable` */
  destroyTenant(tenantId: string): Promise<void>
}
